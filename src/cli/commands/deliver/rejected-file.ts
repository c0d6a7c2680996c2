import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  unlinkSync,
  writeFileSync
} from 'fs'
import { basename, dirname, resolve } from 'path'
import { messageOf, type Settled, UsageError } from '../../../segment-host'

/** A new file can be read by its owner only, since it contains events of users. One that exists keeps its access rights. */
const FILE_MODE = 0o600

/**
 * The default file of rejected events, in the current folder: `events.rejected.ndjson` for `events.ndjson.gz`.
 * @param path the first file, folder or pattern that the user named
 * @param files the files that were found
 */
export function defaultRejectedPath(path: string, files: readonly string[]): string {
  const named = existsSync(path) ? path : (files[0] ?? path)
  const name = path === '-' ? 'stdin' : basename(named).replace(/\.gz$/i, '')
  return `${name.replace(/\.(nd)?jsonl?$/i, '')}.rejected.ndjson`
}

/**
 * The file of rejected events, one JSON object per line: `{line, action, status, reason, event}`, after `file` where there
 * are several; `line` is the event's position, from 1, where the source is JSON and not one event a line. It is created with
 * the first rejected event. The constructor throws a UsageError when the file cannot be written, before anything is delivered.
 */
export class RejectedFile {
  private descriptor: number | undefined
  private count = 0

  /** @param goesOn the file of an earlier part of the same run is added to */
  constructor(
    readonly path: string,
    private readonly eventFiles: readonly string[],
    private readonly goesOn = false
  ) {
    if (eventFiles.some((file) => isSameFile(path, file)))
      throw new UsageError(`Rejected events would overwrite ${path}, which is being read`)
    try {
      accessSync(existsSync(path) ? path : dirname(resolve(path)), constants.W_OK)
    } catch (error) {
      throw new UsageError(`Cannot write rejected events to ${path}: ${messageOf(error)}`)
    }
  }

  /** @throws Error when it cannot be written; the file ends with the event before then */
  add({ file, line, subscription, outcome, text }: Settled): void {
    if (outcome.kind !== 'rejected') return
    const { status, reason } = outcome
    const place = this.eventFiles.length > 1 ? { file, line } : { line }
    const start = JSON.stringify({ ...place, action: subscription?.partnerAction ?? null, status, reason })
    // An event is written exactly as it was read. A line that is no event is written as text.
    const event = subscription ? text : JSON.stringify(text)
    this.write(`${start.slice(0, -1)},"event":${event}}\n`)
    this.count++
  }

  /** Whether this run, or the part of it that this one goes on with, has rejected events in it. */
  get hasEvents(): boolean {
    return this.count > 0 || (this.goesOn && isRejectedFile(this.path))
  }

  private write(text: string): void {
    this.descriptor ??= openSync(this.path, this.goesOn ? 'a' : 'w', FILE_MODE)
    const { size } = fstatSync(this.descriptor)
    try {
      writeFileSync(this.descriptor, text)
    } catch (error) {
      if (fstatSync(this.descriptor).isFile()) ftruncateSync(this.descriptor, size)
      throw new Error(`cannot write rejected events to ${this.path}: ${messageOf(error)}`)
    }
  }

  /** To be called after a run: when nothing was rejected, the file of an earlier run is deleted, since it is out of date. */
  removeOutdated(): void {
    if (this.count === 0 && !this.goesOn && isRejectedFile(this.path)) unlinkSync(this.path)
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor)
    this.descriptor = undefined
  }
}

/** Whether an earlier run wrote this file. Other files are never deleted. */
function isRejectedFile(path: string): boolean {
  if (!existsSync(path) || !lstatSync(path).isFile()) return false
  const start = Buffer.alloc(MOST_START_BYTES)
  const descriptor = openSync(path, 'r')
  try {
    readSync(descriptor, start)
  } finally {
    closeSync(descriptor)
  }
  return START_OF_LINE.test(start.toString())
}

const MOST_START_BYTES = 8
const START_OF_LINE = /^\{"(line|file)":/

function isSameFile(path: string, other: string): boolean {
  return existsSync(path) && existsSync(other) && realpathSync(path) === realpathSync(other)
}
