import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  unlinkSync,
  writeFileSync
} from 'fs'
import { basename, dirname, resolve } from 'path'
import { messageOf, type Settled, UsageError } from '../../segment-host'

/** The default file of rejected events, in the current folder: `events.rejected.ndjson` for `events.ndjson.gz`. */
export function defaultRejectedPath(eventFile: string): string {
  const name = eventFile === '-' ? 'stdin' : basename(eventFile).replace(/\.gz$/i, '')
  return `${name.replace(/\.(nd)?jsonl?$/i, '')}.rejected.ndjson`
}

/**
 * The file of rejected events, one JSON object per line: `{line, action, status, reason, event}`; `line`
 * is the event's position, from 1, where the source is JSON and not one event a line. It is created with the
 * first rejected event. The constructor throws a UsageError when the file cannot be written, before anything is delivered.
 */
export class RejectedFile {
  private descriptor: number | undefined
  count = 0

  constructor(
    readonly path: string,
    eventFile: string
  ) {
    if (isSameFile(path, eventFile))
      throw new UsageError(`Rejected events would overwrite ${path}, which is being read`)
    try {
      accessSync(existsSync(path) ? path : dirname(resolve(path)), constants.W_OK)
    } catch (error) {
      throw new UsageError(`Cannot write rejected events to ${path}: ${messageOf(error)}`)
    }
  }

  add({ line, subscription, outcome, text }: Settled): void {
    if (outcome.kind !== 'rejected') return
    this.descriptor ??= openSync(this.path, 'w')
    this.count++
    const { status, reason } = outcome
    const start = JSON.stringify({ line, action: subscription?.partnerAction ?? null, status, reason })
    // An event is written exactly as it was read. A line that is no event is written as text.
    const event = subscription ? text : JSON.stringify(text)
    writeFileSync(this.descriptor, `${start.slice(0, -1)},"event":${event}}\n`)
  }

  /** Closes the file. When nothing was rejected, the file of an earlier run is deleted, since it is out of date. */
  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor)
    else if (isRejectedFile(this.path)) unlinkSync(this.path)
    this.descriptor = undefined
  }
}

/** Whether an earlier run wrote this file. Other files are never deleted. */
function isRejectedFile(path: string): boolean {
  if (!existsSync(path) || !lstatSync(path).isFile()) return false
  const start = Buffer.alloc(START_OF_LINE.length)
  const descriptor = openSync(path, 'r')
  try {
    readSync(descriptor, start)
  } finally {
    closeSync(descriptor)
  }
  return start.toString() === START_OF_LINE
}

const START_OF_LINE = '{"line":'

function isSameFile(path: string, other: string): boolean {
  return existsSync(path) && existsSync(other) && realpathSync(path) === realpathSync(other)
}
