import { createHash } from 'crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'fs'
import path from 'path'

const ROOT = path.join(__dirname, '..')
const BUILDS = path.join(ROOT, 'node_modules/.cache/test-builds')
const LOCK_FILE = path.join(ROOT, 'package-lock.json')

/** What a build is made from: the files below a folder of this project without its tests, or a text. Installed packages always count too. */
export interface BuildInput {
  folder?: string
  text?: string
}

/**
 * The folder of a build, made once for as long as its input stays the same.
 *
 * Several test files may build at once: each builds into a folder of its own, and the first one that is done is kept.
 * @param build writes into the folder it is given, which does not exist yet
 */
export async function cachedBuild(input: BuildInput, build: (folder: string) => Promise<unknown>): Promise<string> {
  const folder = path.join(BUILDS, digestOf(input).slice(0, 24))
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

function digestOf({ folder, text = '' }: BuildInput): string {
  const hash = createHash('sha256').update(text)
  for (const file of [...(folder === undefined ? [] : filesIn(folder)), LOCK_FILE]) {
    hash.update(path.relative(ROOT, file)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.includes('__tests__'))
    .sort()
}
