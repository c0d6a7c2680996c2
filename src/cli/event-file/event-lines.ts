import { isUtf8 } from 'buffer'
import type { SegmentEvent } from '@segment/actions-core'
import { messageOf, type SourceLine } from '../../segment-host'
import { splitLines, type Line } from './lines'

/**
 * The longest line that is read, in bytes. Segment itself takes 32 KB for an event, and 4 MB is its limit for a whole
 * batch: a longer line is no event. https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#max-request-size
 */
export const LONGEST_LINE_BYTES = 4 * 1024 * 1024

/** Reads events written one a line (NDJSON, UTF-8 with or without a byte order mark); blank lines are filtered. */
export async function* readEventLines(source: AsyncIterable<Buffer>): AsyncGenerator<SourceLine> {
  for await (const line of splitLines(source, LONGEST_LINE_BYTES)) {
    const read = readLine(line)
    if (read) yield read
  }
}

function readLine({ number, bytes, content }: Line): SourceLine | null {
  if (!content) return unreadable(number, null, `longer than ${LONGEST_LINE_BYTES} bytes, the most for an event`)
  // A byte order mark counts as white space here, wherever files were joined.
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
