import { Readable } from 'stream'
import { completed, isRecord, kindOf, messageOf, UsageError, type SourceLine } from '../../segment-host'
import { counted } from '../text'
import { readDocuments, type BodyMembers, type DocumentValue } from './documents'
import { openEventFile, type EventFile } from './event-file'
import { peeked } from './event-form'
import { LONGEST_LINE_BYTES, readEventLines } from './event-lines'

/** The events of a file in one of the accepted forms. */
export interface EventSource extends Pick<EventFile, 'size' | 'bytesRead'> {
  lines: AsyncIterable<SourceLine>
  /** What `line` of an event counts: lines of the file, or the events of a JSON document. */
  unit: 'line' | 'event'
}

const ACCEPTED =
  'Accepted are one event a line (NDJSON), a JSON array of events, a Tracking API body {"batch": [...]}, and single events, in UTF-8, plain or gzip.'

/**
 * Opens a file of events, or standard input for `-`, and finds out its form.
 * @throws UsageError when it cannot be read as any form; nothing has been delivered then
 */
export async function openEvents(path: string, standardInput?: Readable): Promise<EventSource> {
  const file = await openEventFile(path, standardInput)
  const refuse = (seen: string): UsageError =>
    new UsageError(
      `Cannot read events from ${path === '-' ? 'standard input' : path}: ${seen.replace(/\.$/, '')}. ${ACCEPTED}`
    )
  try {
    const { form, content } = await peeked(file.content)
    const opened = { ...file, content }
    return form === 'lines' ? await openLines(opened, refuse) : await openDocuments(opened, refuse)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw refuse(messageOf(error))
  }
}

type Refuse = (seen: string) => UsageError

/** Lines are read ahead up to this many, or bytes, until one is an event. */
const MOST_LINES_AHEAD = 1000
const MOST_BYTES_AHEAD = 4 * LONGEST_LINE_BYTES

async function openLines({ content, size, bytesRead }: EventFile, refuse: Refuse): Promise<EventSource> {
  const lines = readEventLines(content)
  const ahead: SourceLine[] = []
  let bytes = 0
  let isAccepted = false
  while (!isAccepted && ahead.length < MOST_LINES_AHEAD && bytes < MOST_BYTES_AHEAD) {
    const next = await lines.next()
    if (next.done) break
    ahead.push(next.value)
    bytes += next.value.text?.length ?? 0
    isAccepted = next.value.kind === 'event' && looksLikeEvent(next.value.event)
  }
  const [first] = ahead
  if (first && !isAccepted) {
    const seen = first.kind === 'event' ? shapeOf(first.event) : first.reason
    throw refuse(`there is no event in the first ${counted(ahead.length, 'line')}; line ${first.line} is ${seen}`)
  }
  return { lines: chained(ahead, lines), unit: 'line', size, bytesRead }
}

async function* chained<Item>(first: Item[], rest: AsyncIterable<Item>): AsyncIterable<Item> {
  yield* first
  yield* rest
}

/**
 * Documents are read twice, since a fault at their end must be known before anything is delivered, and since what a body
 * sets for its events may stand behind them.
 */
async function openDocuments(file: EventFile, refuse: Refuse): Promise<EventSource> {
  const reopen = file.reopen ?? (await held(file, refuse))
  const checked = file.reopen ? file.content : (await reopen()).content
  const bodies: BodyMembers[] = []
  let first: DocumentValue | undefined
  let isAccepted = false
  for await (const found of readDocuments(checked, (members) => bodies.push(members))) {
    first ??= found
    isAccepted ||= looksLikeEvent(found.value)
  }
  if (first && !isAccepted) throw refuse(`there is no event in it; the first value is ${shapeOf(first.value)}`)
  const { content, size, bytesRead } = await reopen()
  return { lines: documentLines(content, bodies), unit: 'event', size, bytesRead }
}

/** Standard input cannot be read twice, so documents in it are kept in memory, up to this many bytes. */
const MOST_HELD_BYTES = 64 * 1024 * 1024

async function held(file: EventFile, refuse: Refuse): Promise<() => Promise<EventFile>> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of file.content) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MOST_HELD_BYTES) {
      throw refuse(`a JSON document from standard input may have ${MOST_HELD_BYTES} bytes; save it as a file`)
    }
  }
  return () => Promise.resolve({ ...file, content: Readable.from(chunks) })
}

async function* documentLines(content: AsyncIterable<Buffer>, bodies: BodyMembers[]): AsyncIterable<SourceLine> {
  let number = 0
  for await (const { value, body } of readDocuments(content)) {
    number++
    yield lineOf(number, value, body === null ? undefined : bodies[body])
  }
}

function lineOf(line: number, value: unknown, members: BodyMembers | undefined): SourceLine {
  const unreadable = (text: string | null, reason: string): SourceLine => ({ kind: 'unreadable', line, text, reason })
  if (!isRecord(value)) {
    return unreadable(JSON.stringify(value), `not an event but ${kindOf(value)}: each event must be a JSON object`)
  }
  const event = members ? completedBy(value, members) : value
  try {
    const text = JSON.stringify(event)
    const bytes = Buffer.byteLength(text)
    if (bytes > LONGEST_LINE_BYTES) {
      return unreadable(null, `longer than ${LONGEST_LINE_BYTES} bytes, the most for an event`)
    }
    // Any object may pass for an event: what is missing in it, subscriptions and the destination say better.
    return { kind: 'event', line, bytes, text, event: JSON.parse(text) as never }
  } catch (error) {
    return unreadable(null, `cannot be processed, is it nested too deeply? ${messageOf(error)}`)
  }
}

/** As Segment completes the events of a body, which arrived when it was sent. */
function completedBy(event: Record<string, unknown>, members: BodyMembers): Record<string, unknown> {
  const { sentAt, context, integrations } = members
  const sent = typeof sentAt === 'string' ? Date.parse(sentAt) : NaN
  return completed(event, { receivedAt: Number.isNaN(sent) ? Date.now() : sent, sentAt, context, integrations })
}

function looksLikeEvent(value: unknown): boolean {
  return isRecord(value) && typeof value.type === 'string'
}

const MOST_NAMES = 5

function shapeOf(value: unknown): string {
  if (!isRecord(value)) return kindOf(value)
  const names = Object.keys(value)
    .slice(0, MOST_NAMES)
    .map((name) => JSON.stringify(name.slice(0, 40)))
  const shown = names.length === 0 ? 'no members' : `the members ${names.join(', ')}`
  return `an object with ${shown}, but without a "type"`
}
