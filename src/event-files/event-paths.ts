import { constants } from 'fs'
import { access, readdir, realpath, stat } from 'fs/promises'
import { join, relative, sep } from 'path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { UsageError } from '../segment-host'
import { cannotRead } from './read-problems'

/** The path that means standard input. */
export const STANDARD_INPUT = '-'

/** A file that exists and may be read, or standard input. */
export interface EventPath {
  path: string
  /** Its size as stored; undefined where it is not known, as for standard input and pipes. */
  size: number | undefined
}

/**
 * The files that are meant by names of files and folders, patterns, and `-`, each once: in the order given, those of a
 * folder or pattern by name.
 * @throws UsageError when there is none for one of them, or one cannot be read
 */
export async function eventPaths(given: readonly string[]): Promise<EventPath[]> {
  const found = new Map<string, EventPath>()
  // A shell puts checkpoints in the place of a pattern too.
  const named = given.length === 1 ? given : given.filter((name) => !name.endsWith('.checkpoint'))
  for (const name of named) {
    for (const path of await filesOf(name)) {
      const isInput = path === STANDARD_INPUT
      if (isInput && found.has(path))
        throw new UsageError('Standard input (-) can be read only once; it is named twice')
      const [key, file] = isInput ? [path, { path, size: undefined }] : await checked(path)
      if (!found.has(key)) found.set(key, file)
    }
  }
  return [...found.values()]
}

async function filesOf(name: string): Promise<string[]> {
  if (name === STANDARD_INPUT) return [name]
  const kind = await kindOf(name)
  if (kind === 'folder') return filesIn(name)
  if (kind === 'nothing' && isDynamicPattern(name)) return matching(name)
  return [name]
}

async function kindOf(path: string): Promise<'folder' | 'file' | 'nothing'> {
  const stats = await stat(path).catch(() => null)
  if (!stats) return 'nothing'
  return stats.isDirectory() ? 'folder' : 'file'
}

const EVENT_FILE = /\.(ndjson|jsonl|json)(\.gz)?$/
/** What `deliver` itself writes beside files of events. */
const WRITTEN_HERE = /\.rejected\.ndjson$|\.checkpoint[^/\\]*$/

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw new UsageError(cannotRead(folder, error))
  })
  const paths = entries
    .filter((entry) => !entry.isDirectory() && EVENT_FILE.test(entry.name) && !WRITTEN_HERE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isHidden(relative(folder, path)))
  if (paths.length > 0) return paths.sort()
  throw new UsageError(
    `Cannot read ${folder}: there is no file of events in this folder. Their names end in .ndjson, .jsonl or .json, or in one of these and .gz.`
  )
}

function isHidden(path: string): boolean {
  return path.split(sep).some((part) => part.startsWith('.'))
}

async function matching(pattern: string): Promise<string[]> {
  const matches = await glob(pattern, { absolute: pattern.startsWith('/'), expandDirectories: false })
  const paths = matches.filter((path) => !WRITTEN_HERE.test(path))
  if (paths.length === 0) throw new UsageError(`Cannot read ${pattern}: no file of events matches this pattern`)
  return paths.sort()
}

/** A file with what it is known by, also under other names. */
async function checked(path: string): Promise<[string, EventPath]> {
  try {
    const [stats] = await Promise.all([stat(path), access(path, constants.R_OK)])
    if (stats.isDirectory()) throw new Error('it is a directory')
    // A pipe such as /dev/fd/63 has no other path.
    if (!stats.isFile()) return [path, { path, size: undefined }]
    return [await realpath(path), { path, size: stats.size }]
  } catch (error) {
    throw new UsageError(cannotRead(path, error))
  }
}
