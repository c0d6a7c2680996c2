import { isUtf8 } from 'buffer'
import type { SegmentEvent } from '@segment/actions-core'
import { isRecord, messageOf, type SourceLine, type SourcePlace } from '../segment-host'
import { LineSplitter, type RawLine } from './bytes/line-splitter'
import type { Reading } from './places'

/**
 * The longest line that is read, in bytes. Segment itself takes 32 KB for an event, and 4 MB is its limit for a whole
 * batch: a longer line is no event. https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#max-request-size
 */
export const LONGEST_LINE_BYTES = 4 * 1024 * 1024

/** The reason of a line or an event that is longer. */
export const TOO_LONG = `longer than ${LONGEST_LINE_BYTES} bytes, the most for an event`

/**
 * Reads events written one a line (NDJSON, UTF-8 with or without a byte order mark); blank lines are ignored. A portion is
 * what ends in one chunk. When the content fails, its whole lines up to there are given first.
 */
export async function* readEventLines(
  content: AsyncIterable<Buffer>,
  reading: Reading
): AsyncGenerator<readonly SourceLine[]> {
  const splitter = new LineSplitter(LONGEST_LINE_BYTES)
  try {
    for await (const chunk of content) yield readLines(splitter.split(chunk), reading)
  } catch (error) {
    // The start of a line is no event. What is one needed no line feed.
    yield readLines(splitter.end(), reading).filter(({ kind }) => kind !== 'unreadable')
    throw error
  }
  yield readLines(splitter.end(), reading)
}

function readLines(lines: RawLine[], reading: Reading): SourceLine[] {
  const read: SourceLine[] = []
  for (const raw of lines) {
    const line = readLine(raw, reading)
    if (line) read.push(line)
  }
  return read
}

/** Reads one line; null when it is blank. */
export function readLine({ line, bytes, content }: RawLine, { file, places, isWanted }: Reading): SourceLine | null {
  if (!content) {
    const place = places.next(file, line, `${bytes}\n`)
    return isWanted(place.number) ? { kind: 'unreadable', ...place, text: null, reason: TOO_LONG } : passed(place)
  }
  // Nearly all lines: nothing to trim, so that the bytes say all, and a line that is passed over needs no text.
  if (isTrimmed(content)) {
    const place = places.next(file, line, content)
    return isWanted(place.number) ? parsed(place, content.toString('utf8', 0, bytes), content, bytes) : passed(place)
  }
  // `trim` also removes a byte order mark, which may be in the middle of joined files.
  const text = content.toString('utf8').trim()
  if (text === '') return null
  const place = places.next(file, line, `${text}\n`)
  return isWanted(place.number) ? parsed(place, text, content, Buffer.byteLength(text)) : passed(place)
}

/** Whether the line, without its line feed, begins and ends with a visible character of ASCII. */
function isTrimmed(content: Buffer): boolean {
  return isVisible(content[0]) && isVisible(content[content.length - 2])
}

function isVisible(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0x20 && byte < 0x7f
}

function passed(place: SourcePlace): SourceLine {
  return { kind: 'passed', ...place }
}

function parsed(place: SourcePlace, text: string, content: Buffer, bytes: number): SourceLine {
  const unreadable = (reason: string): SourceLine => ({ kind: 'unreadable', ...place, text, reason })
  // Decoding puts this character where bytes are not UTF-8. To look for it is faster than to check all bytes.
  if (text.includes('\uFFFD') && !isUtf8(content)) return unreadable('not encoded in UTF-8')
  try {
    const event: unknown = JSON.parse(text)
    if (isEvent(event)) return eventLine(place, text, bytes, event)
    return unreadable(`not an event but ${kindOf(event)}: each line must be a JSON object`)
  } catch (error) {
    return unreadable(`not JSON: ${messageOf(error)}`)
  }
}

/** Each member is named here, since to spread the place takes as long as to compute its checksum. */
function eventLine(
  { number, file, line, checksum }: SourcePlace,
  text: string,
  bytes: number,
  event: SegmentEvent
): SourceLine {
  return { kind: 'event', number, file, line, checksum, text, bytes, event }
}

/** Any object may pass for an event: what is missing in it, subscriptions and the destination say better. */
function isEvent(value: unknown): value is SegmentEvent {
  return isRecord(value)
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}
