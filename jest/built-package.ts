import { execFileSync } from 'child_process'
import { cpSync } from 'fs'
import path from 'path'
import { cachedBuild } from './cached-build'

const ROOT = path.join(__dirname, '..')

/** The folder of the compiled package without its pages: `dist`, with package.json and the examples beside it. */
export function builtPackage(): Promise<string> {
  return cachedBuild({ folder: path.join(ROOT, 'src') }, (folder) => {
    const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc')
    const parameters = ['-p', 'tsconfig.build.json', '--outDir', path.join(folder, 'dist'), '--declaration', 'false']
    execFileSync(process.execPath, [compiler, ...parameters], { cwd: ROOT, stdio: 'inherit' })
    for (const file of ['package.json', 'examples/events.ndjson'])
      cpSync(path.join(ROOT, file), path.join(folder, file))
    return Promise.resolve()
  })
}
