import { constants, watch } from 'fs'
import { copyFile, mkdir, readFile } from 'fs/promises'
import { basename, dirname } from 'path'
import writeFileAtomic from 'write-file-atomic'
import { messageOf, UsageError } from '../../segment-host'

const FILE_MODE = 0o600
const FOLDER_MODE = 0o700
const MOST_COPIES = 1000

/** Decides whether saved files may be changed now. */
export interface WriteAccess {
  readonly isReadOnly: boolean
  /** Does the work, or throws an error that says why nothing may be changed. */
  write<Result>(work: () => Promise<Result>): Promise<Result>
}

const ALWAYS: WriteAccess = { isReadOnly: false, write: (work) => work() }

/**
 * A text file that holds either its old content or its new content, also after a crash: new content is written to a
 * temporary file, flushed to the disk, and then renamed over the old one. Only its owner may read it.
 */
export class SavedFile {
  /** @param access asked before each change. Default: it may always be changed */
  constructor(
    readonly path: string,
    private readonly access = ALWAYS
  ) {}

  get isReadOnly(): boolean {
    return this.access.isReadOnly
  }

  /** The content, or null when there is no file. Throws a UsageError when it cannot be read. */
  async read(): Promise<string | null> {
    try {
      return (await readFile(this.path, 'utf8')).replace(/^\uFEFF/, '')
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null
      throw new UsageError(`Cannot read ${this.path}: ${messageOf(error)}`)
    }
  }

  /** Resolves when the content is on the disk. Throws a UsageError when it cannot be written. */
  async write(text: string): Promise<void> {
    await this.access.write(() => this.replace(text))
  }

  /** Copies the file to the first free name of `<path>.broken-1`, `<path>.broken-2`, … and returns that name. */
  async keepCopy(): Promise<string> {
    return this.access.write(() => this.copy())
  }

  private async replace(text: string): Promise<void> {
    try {
      await mkdir(dirname(this.path), { recursive: true, mode: FOLDER_MODE })
      await writeFileAtomic(this.path, text, { mode: FILE_MODE })
    } catch (error) {
      throw new UsageError(`Cannot write ${this.path}: ${messageOf(error)}`)
    }
  }

  private async copy(): Promise<string> {
    for (let number = 1; number <= MOST_COPIES; number++) {
      const copy = `${this.path}.broken-${number}`
      try {
        await copyFile(this.path, copy, constants.COPYFILE_EXCL)
        return copy
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw new UsageError(`Cannot copy ${this.path} to ${copy}: ${messageOf(error)}`)
      }
    }
    throw new UsageError(`There are already ${MOST_COPIES} broken copies of ${this.path}; remove some`)
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
}

/** Editors save a file in several steps; changes within this time count as one. */
const QUIET_MS = 100

/**
 * Calls back shortly after any program changed the file. Returns a function that stops watching. The folder is watched,
 * because editors often replace the file. Where folders cannot be watched, nothing is called.
 */
export function watchFile(path: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const later = (_event: string, name: string | null): void => {
    if (name !== null && name !== basename(path)) return
    clearTimeout(timer)
    timer = setTimeout(onChange, QUIET_MS)
  }
  try {
    const watcher = watch(dirname(path), { persistent: false }, later)
    watcher.on('error', () => watcher.close())
    return () => {
      clearTimeout(timer)
      watcher.close()
    }
  } catch {
    return () => undefined
  }
}

/** Runs asynchronous work one piece after another, in the order in which it was added. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve()

  /** Resolves or rejects as the work does. Work that fails does not stop the work after it. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.last.then(work)
    this.last = mine.catch(() => undefined)
    return mine
  }
}

/** Listeners for the changes of a store. */
export class Changes {
  private readonly listeners = new Set<() => void>()

  /** Adds a listener and returns a function that removes it. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** Calls all listeners. */
  notify(): void {
    for (const listener of [...this.listeners]) listener()
  }
}
