import { isUtf8 } from 'buffer'
import type { SegmentEvent } from '@segment/actions-core'
import { messageOf, type SourceLine } from '../../segment-host'

/**
 * The longest line that is read, in bytes. Segment itself takes 32 KB for an event, and 4 MB is its limit for a whole
 * batch: a longer line is no event. https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#max-request-size
 */
export const LONGEST_LINE_BYTES = 4 * 1024 * 1024

/** Reads events written one a line (NDJSON, UTF-8 with or without a byte order mark); blank lines are ignored. */
export async function* readEventLines(source: AsyncIterable<Buffer>): AsyncGenerator<SourceLine> {
  for await (const line of splitLines(source, LONGEST_LINE_BYTES)) {
    const read = readLine(line)
    if (read) yield read
  }
}

function readLine({ number, bytes, content }: Line): SourceLine | null {
  if (!content) return unreadable(number, null, `longer than ${LONGEST_LINE_BYTES} bytes, the most for an event`)
  // `trim` also removes a byte order mark, which may be in the middle of joined files.
  const text = content.toString('utf8').trim()
  if (text === '') return null
  if (!isUtf8(content)) return unreadable(number, text, 'not encoded in UTF-8')
  return parse(number, bytes, text)
}

function parse(line: number, bytes: number, text: string): SourceLine {
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return { kind: 'event', line, bytes, text, event: value }
    return unreadable(line, text, `not an event but ${kindOf(value)}: each line must be a JSON object`)
  } catch (error) {
    return unreadable(line, text, `not JSON: ${messageOf(error)}`)
  }
}

/** Any object may pass for an event: what is missing in it, subscriptions and the destination say better. */
function isObject(value: unknown): value is SegmentEvent {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}

function unreadable(line: number, text: string | null, reason: string): SourceLine {
  return { kind: 'unreadable', line, text, reason }
}

/** A line of a file without its line break; `content` is null when it is longer than the limit. */
export interface Line {
  number: number
  bytes: number
  content: Buffer | null
}

const LINE_FEED = 10

/** Splits bytes into lines, and keeps at most `longest` bytes of a line in memory. Lines are counted from 1. */
export async function* splitLines(source: AsyncIterable<Buffer>, longest: number): AsyncGenerator<Line> {
  const pending = new PendingLine(longest)
  for await (const chunk of source) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      pending.add(chunk.subarray(start, end))
      yield pending.take()
      start = end + 1
    }
    pending.add(chunk.subarray(start))
  }
  if (!pending.isEmpty()) yield pending.take()
}

class PendingLine {
  private number = 1
  private bytes = 0
  private parts: Buffer[] = []

  constructor(private readonly longest: number) {}

  isEmpty(): boolean {
    return this.bytes === 0
  }

  add(part: Buffer): void {
    this.bytes += part.length
    if (this.bytes > this.longest) this.parts = []
    else if (part.length > 0) this.parts.push(part)
  }

  take(): Line {
    const content = this.bytes > this.longest ? null : Buffer.concat(this.parts)
    const line = { number: this.number, bytes: this.bytes, content }
    this.number++
    this.bytes = 0
    this.parts = []
    return line
  }
}
