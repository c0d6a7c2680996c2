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

/** Where rejected events go when nothing else is asked for: into the folder the command runs in. */
export function defaultRejectedPath(eventFile: string): string {
  const name = eventFile === '-' ? 'stdin' : basename(eventFile).replace(/\.gz$/i, '')
  return `${name.replace(/\.(nd)?jsonl?$/i, '')}.rejected.ndjson`
}

/**
 * Rejected events with their reasons, one a line: `{line, action, status, reason, event}`. The file is made with the first
 * of them. Throws a UsageError at once when it could not be made, so that nothing is delivered before that is known.
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
    // An event is written exactly as it was read; what is no event, as the text it is.
    const event = subscription ? text : JSON.stringify(text)
    writeFileSync(this.descriptor, `${start.slice(0, -1)},"event":${event}}\n`)
  }

  /** A file of an earlier run would tell of rejections that are no more, so it goes. */
  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor)
    else if (isRejectedFile(this.path)) unlinkSync(this.path)
    this.descriptor = undefined
  }
}

/** Whether an earlier run wrote this: nothing else is ever removed. */
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
