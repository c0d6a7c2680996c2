import { mkdir, readFile, unlink, writeFile } from 'fs/promises'
import { dirname } from 'path'
import writeFileAtomic from 'write-file-atomic'
import { messageOf, UsageError } from '../../../segment-host'
import { holderIn, type Holder } from './holder'

const FILE_MODE = 0o600
const FOLDER_MODE = 0o700

/** Another workbench may have created the file and not yet written into it. */
const READ_ATTEMPTS = 10
const READ_PAUSE_MS = 20

/**
 * The file that names the workbench which may change a data folder. Libraries for lock files recognise the lock of a killed
 * process only by its age, and do not say whose it is.
 */
export class LockFile {
  constructor(readonly path: string) {}

  /** The holder; null when there is no file, or when it names none. */
  async read(): Promise<Holder | null> {
    for (let attempt = 1; ; attempt++) {
      const text = await this.text()
      const holder = text === null ? null : holderIn(text)
      if (text === null || holder !== null || attempt === READ_ATTEMPTS) return holder
      await new Promise((resolve) => setTimeout(resolve, READ_PAUSE_MS))
    }
  }

  /** Creates the file. False when there is one already. Throws a UsageError when it cannot be written. */
  async create(holder: Holder): Promise<boolean> {
    try {
      await mkdir(dirname(this.path), { recursive: true, mode: FOLDER_MODE })
      await writeFile(this.path, textOf(holder), { flag: 'wx', mode: FILE_MODE })
      return true
    } catch (error) {
      if (Reflect.get(Object(error), 'code') === 'EEXIST') return false
      throw this.writeError(error)
    }
  }

  /** Writes the file whatever it holds. Throws a UsageError when it cannot be written. */
  async replace(holder: Holder): Promise<void> {
    await writeFileAtomic(this.path, textOf(holder), { mode: FILE_MODE }).catch((error: unknown) => {
      throw this.writeError(error)
    })
  }

  /** Removes the file if it names this instance. */
  async remove(instance: string): Promise<void> {
    if ((await this.read())?.instance === instance) await unlink(this.path).catch(() => undefined)
  }

  private async text(): Promise<string | null> {
    try {
      return await readFile(this.path, 'utf8')
    } catch (error) {
      if (Reflect.get(Object(error), 'code') === 'ENOENT') return null
      throw new UsageError(`Cannot read ${this.path}: ${messageOf(error)}`)
    }
  }

  private writeError(error: unknown): UsageError {
    return new UsageError(`Cannot write ${this.path}: ${messageOf(error)}`)
  }
}

function textOf(holder: Holder): string {
  return `${JSON.stringify(holder, null, 2)}\n`
}
