import { execFile } from 'child_process'
import { createHash } from 'crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'fs'
import path from 'path'
import { promisify } from 'util'

const ROOT = path.join(__dirname, '../../..')
const SOURCE = path.join(ROOT, 'src/workbench/page')
const BUILDS = path.join(ROOT, 'node_modules/.cache/workbench-page')
const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js')
const run = promisify(execFile)

/** Building takes the better part of a minute on a busy machine. */
export const BUILD_TIME = 240_000

/** The folder of the page as it is now: built once for as long as its sources and dependencies stay the same. */
export function builtPage(): Promise<string> {
  return built(digestOf([...filesIn(SOURCE), path.join(ROOT, 'package-lock.json')]), (folder) =>
    run(process.execPath, [vite, 'build', SOURCE, '--outDir', folder, '--logLevel', 'error'])
  )
}

/** A folder with `shop.js`: this module for a browser, with everything it imports. */
export function builtModule(code: string): Promise<string> {
  const digest = createHash('sha256')
    .update(code)
    .update(digestOf([path.join(ROOT, 'package-lock.json')]))
    .digest('hex')
  return built(digest, async (folder) => {
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

/** Several test files may build at once, so each builds aside and the first that is done wins. */
async function built(digest: string, build: (folder: string) => Promise<unknown>): Promise<string> {
  const folder = path.join(BUILDS, digest.slice(0, 24))
  if (existsSync(folder)) return folder
  mkdirSync(BUILDS, { recursive: true })
  const aside = mkdtempSync(path.join(BUILDS, 'aside-'))
  try {
    await build(path.join(aside, 'built'))
    if (!existsSync(folder)) renameSync(path.join(aside, 'built'), folder)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
  return folder
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

function digestOf(files: string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(path.relative(ROOT, file)).update(readFileSync(file))
  return hash.digest('hex')
}
