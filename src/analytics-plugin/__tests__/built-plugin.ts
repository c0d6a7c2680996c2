import { execFileSync } from 'child_process'
import { mkdtempSync, rmSync } from 'fs'
import { tmpdir } from 'os'
import path from 'path'

const ROOT = path.join(__dirname, '../../..')

/** Builds the plugin as it is shipped, types filtered, into a folder of its own. Building takes a second or two. */
export function builtPlugin(): { folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'analytics-plugin-'))
  const config = path.join(ROOT, 'src/analytics-plugin/vite.config.mts')
  execFileSync(path.join(ROOT, 'node_modules/.bin/vite'), ['build', '--config', config, '--outDir', folder])
  return { folder, remove: () => rmSync(folder, { recursive: true }) }
}
