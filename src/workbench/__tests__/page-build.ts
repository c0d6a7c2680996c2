import { execFile } from 'child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs'
import path from 'path'
import { promisify } from 'util'
import { cachedBuild } from '../../../jest/cached-build'

const ROOT = path.join(__dirname, '../../..')
const SOURCE = path.join(ROOT, 'src/workbench/page')
const CONTRACT = path.join(ROOT, 'src/workbench/contract')
const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js')
const run = promisify(execFile)

/** Building takes the better part of a minute on a busy machine. */
export const BUILD_TIME = 240_000

/** The folder of the page as it is now: built once for as long as its sources and dependencies stay the same. */
export function builtPage(): Promise<string> {
  return cachedBuild({ folder: SOURCE, text: contract() }, (folder) =>
    run(process.execPath, [vite, 'build', SOURCE, '--outDir', folder, '--logLevel', 'error'])
  )
}

/** The files of the contract, of which the page uses some. */
function contract(): string {
  const files = readdirSync(CONTRACT).filter((name) => name.endsWith('.ts'))
  return files.map((name) => readFileSync(path.join(CONTRACT, name), 'utf8')).join('\n')
}

/** A folder with `shop.js`: this module for a browser, with everything it imports. */
export function builtModule(code: string): Promise<string> {
  return cachedBuild({ text: code }, async (folder) => {
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'entry.mjs'), code)
    writeFileSync(path.join(folder, 'vite.config.mjs'), libraryConfig(folder))
    await run(process.execPath, [vite, 'build', folder, '--logLevel', 'error'])
  })
}

function libraryConfig(folder: string): string {
  return `export default {
    root: ${JSON.stringify(folder)},
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: ${JSON.stringify(folder)},
      emptyOutDir: false,
      lib: { entry: 'entry.mjs', formats: ['iife'], name: 'shop', fileName: () => 'shop.js' }
    }
  }`
}
