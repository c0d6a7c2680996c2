import type { SourceLine } from '../segment-host'
import { looksLikeEvent, shapeOf } from './event-form'
import { LONGEST_LINE_BYTES, readLine } from './event-lines'
import { LineSplitter, type RawLine } from './bytes/line-splitter'
import type { PeekedBytes } from './bytes/peeked-bytes'
import { Places, type Reading } from './places'
import { FormError } from './read-problems'

/** Lines are read ahead up to this many, or bytes, until one is an event. */
const MOST_LINES_AHEAD = 1000
const MOST_BYTES_AHEAD = 4 * LONGEST_LINE_BYTES

/** @throws FormError when there are lines, and no event in the first of them */
export async function checkLines(bytes: PeekedBytes): Promise<void> {
  const reading: Reading = { file: '', places: new Places(), isWanted: () => true }
  let first: SourceLine | undefined
  let count = 0
  for await (const raw of linesAhead(bytes)) {
    const line = readLine(raw, reading)
    if (!line) continue
    if (line.kind === 'event' && looksLikeEvent(line.event)) return
    first ??= line
    count++
    if (count === MOST_LINES_AHEAD) break
  }
  if (!first) return
  throw new FormError(`there is no event in the first ${linesOf(count)}; line ${first.line} is ${seenIn(first)}`)
}

async function* linesAhead(bytes: PeekedBytes): AsyncIterable<RawLine> {
  const splitter = new LineSplitter(LONGEST_LINE_BYTES)
  let length = 0
  for await (const chunk of bytes.ahead()) {
    yield* splitter.split(chunk)
    length += chunk.length
    if (length >= MOST_BYTES_AHEAD) return
  }
  yield* splitter.end()
}

function linesOf(count: number): string {
  return count === 1 ? '1 line' : `${count.toLocaleString('en')} lines`
}

function seenIn(line: SourceLine): string {
  if (line.kind === 'unreadable') return line.reason
  return shapeOf(line.kind === 'event' ? line.event : undefined)
}
