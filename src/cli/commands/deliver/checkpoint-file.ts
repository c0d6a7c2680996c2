import { accessSync, appendFileSync, constants, existsSync, readdirSync, statSync, unlinkSync } from 'fs'
import { basename, dirname, join } from 'path'
import writeFileAtomic from 'write-file-atomic'
import { messageOf, UsageError, type Checkpoint, type CheckpointStore, type SettledBatch } from '../../../segment-host'
import { VERSION, type Head, type RunIdentity } from './saved-run'

/** Only the owner can read it, since the reasons of rejected events may quote their values. */
const FILE_MODE = 0o600

/** A checkpoint is written anew after this time. Batches that are settled in between are added to the file. */
const EVERY_MS = 1000

/**
 * The default file: beside the source, or in the current folder for standard input and for pipes.
 * @param paths the files, folders or patterns that the user named
 * @param files the files that were found
 */
export function defaultCheckpointPath(paths: readonly string[], files: readonly string[]): string {
  const [first] = paths
  if (first === '-') return 'stdin.checkpoint'
  const named = paths.length === 1 && existsSync(first) ? first : (files[0] ?? first)
  return `${isStored(named) ? join(dirname(named), basename(named)) : basename(named)}.checkpoint`
}

/** Whether it is a file or a folder. A pipe such as /dev/fd/63 is in a folder where nothing can be written. */
function isStored(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats === undefined || stats.isFile() || stats.isDirectory()
}

/**
 * Keeps how far a run has come in a file: a checkpoint on its first line, then a line for each batch that was settled since.
 * Both are in the file before the next batch leaves, so the file is true whenever the process ends.
 */
export class CheckpointFile implements CheckpointStore {
  private writtenAt = -Infinity
  private isKept = true
  /** Whether there is one, be it older. The folder may be out of reach for a moment, so the file is not asked for. */
  private isThere: boolean

  /** @throws UsageError when it could not be written, before anything is delivered */
  constructor(
    readonly path: string,
    private readonly identity: RunIdentity & { id: string },
    private readonly clock: () => number = Date.now
  ) {
    this.isThere = existsSync(path)
    this.orUsageError(() => {
      // Each checkpoint is written beside the former one, and takes its place.
      accessSync(dirname(path), constants.W_OK)
      if (existsSync(path) && !statSync(path).isFile()) throw new Error('it exists and is not a regular file')
    })
  }

  add(batch: SettledBatch, checkpoint: () => Checkpoint): void {
    if (this.isDue) this.keep(checkpoint())
    else this.written(() => appendFileSync(this.path, `${JSON.stringify(batch)}\n`))
  }

  pass(checkpoint: () => Checkpoint): void {
    if (this.isDue) this.keep(checkpoint())
  }

  /** @throws UsageError when it cannot be written */
  keep(checkpoint: Checkpoint): void {
    this.writtenAt = this.clock()
    const { target, files, subscriptions, isQueued, id } = this.identity
    const named = subscriptions.map(({ name, partnerAction, subscribe }) => ({ name, partnerAction, subscribe }))
    const savedAt = new Date(this.writtenAt).toISOString()
    const head: Head = { version: VERSION, id, savedAt, target, files, isQueued, subscriptions: named, checkpoint }
    this.written(() => writeFileAtomic.sync(this.path, `${JSON.stringify(head)}\n`, { mode: FILE_MODE }))
  }

  /** `true`: it is as the run has it. `older`: the last one could not be written. */
  get state(): 'true' | 'older' | 'missing' {
    if (this.isKept) return 'true'
    return this.isThere ? 'older' : 'missing'
  }

  /** The run has come to its end. */
  remove(): void {
    if (existsSync(this.path)) unlinkSync(this.path)
    this.leftovers().forEach((path) => unlinkSync(path))
  }

  /** Where a process was killed while it wrote a checkpoint, the part that it had written is still beside it. */
  private leftovers(): string[] {
    const [folder, start] = [dirname(this.path), `${basename(this.path)}.`]
    const names = readdirSync(folder).filter((name) => name.startsWith(start) && /^\d+$/.test(name.slice(start.length)))
    return names.map((name) => join(folder, name))
  }

  private get isDue(): boolean {
    return this.clock() - this.writtenAt >= EVERY_MS
  }

  private written(write: () => void): void {
    this.isKept = false
    try {
      this.orUsageError(write)
    } catch (error) {
      // What was written in part ends the file; only a new checkpoint can follow.
      this.writtenAt = -Infinity
      throw error
    }
    this.isKept = true
    this.isThere = true
  }

  private orUsageError(action: () => void): void {
    try {
      action()
    } catch (error) {
      throw new UsageError(
        `Cannot write the checkpoint ${this.path}: ${messageOf(error)}. --checkpoint names another file`
      )
    }
  }
}
