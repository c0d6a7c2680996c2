import { constants } from 'fs'
import { copyFile, mkdir, readFile } from 'fs/promises'
import { dirname } from 'path'
import writeFileAtomic from 'write-file-atomic'
import { messageOf } from '../../../segment-host'
import { UsageError } from '../usage-error'

const FOLDER_MODE = 0o700
const MOST_COPIES = 1000

/**
 * A text file that holds either its old content or the new one, whatever happens in between: a new content is written
 * beside it, flushed to the disk and then put in its place.
 */
export class SavedFile {
  /** @param mode access rights of the file, as for chmod; those it has already when filtered */
  constructor(
    readonly path: string,
    private readonly mode?: number
  ) {}

  /** The content, or null when there is no file. Throws a UsageError when it cannot be read. */
  async read(): Promise<string | null> {
    try {
      return (await readFile(this.path, 'utf8')).replace(/^\uFEFF/, '')
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null
      throw new UsageError(`Cannot read ${this.path}: ${messageOf(error)}`)
    }
  }

  /** Resolves when the content would survive a power cut. Throws a UsageError when it cannot be written. */
  async write(text: string): Promise<void> {
    try {
      await mkdir(dirname(this.path), { recursive: true, mode: FOLDER_MODE })
      await writeFileAtomic(this.path, text, this.mode === undefined ? {} : { mode: this.mode })
    } catch (error) {
      throw new UsageError(`Cannot write ${this.path}: ${messageOf(error)}`)
    }
  }

  /** Copies the file to the first free name of `<path>.broken-1`, `<path>.broken-2`, … and returns that name. */
  async keepCopy(): Promise<string> {
    for (let number = 1; number <= MOST_COPIES; number++) {
      const copy = `${this.path}.broken-${number}`
      try {
        await copyFile(this.path, copy, constants.COPYFILE_EXCL)
        return copy
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw new UsageError(`Cannot keep ${this.path} as ${copy}: ${messageOf(error)}`)
      }
    }
    throw new UsageError(`There are ${MOST_COPIES} broken copies of ${this.path} already; remove some`)
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
}
