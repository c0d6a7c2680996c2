import { createHash } from 'crypto'
import { completed, isRecord, kindOf, messageOf, type SourceLine, type SourcePlace } from '../segment-host'
import { readDocuments, type BodyMembers, type DocumentValue } from './documents'
import { looksLikeEvent, shapeOf } from './event-form'
import { LONGEST_LINE_BYTES, TOO_LONG } from './event-lines'
import type { Reading } from './places'
import { FormError } from './read-problems'

/**
 * Reads documents to their end before anything of them is delivered: a fault there must be known by then, and what a body
 * sets for its events may stand behind them. Resolves to what stands beside the events of each body.
 * @throws FormError when there are values, and no event among them; DocumentError where the content is no JSON
 */
export async function checkDocuments(content: AsyncIterable<Buffer>): Promise<BodyMembers[]> {
  const bodies: BodyMembers[] = []
  let first: DocumentValue | undefined
  let hasEvent = false
  for await (const values of readDocuments(content, (members) => bodies.push(members))) {
    first ??= values[0]
    hasEvent ||= values.some(({ value }) => looksLikeEvent(value))
  }
  if (!first || hasEvent) return bodies
  throw new FormError(`there is no event in it; the first value is ${shapeOf(first.value)}`)
}

/** Reads the events of documents that were checked. Their `line` is their place among the events of the file. */
export async function* readEventDocuments(
  content: AsyncIterable<Buffer>,
  bodies: BodyMembers[],
  reading: Reading
): AsyncGenerator<readonly SourceLine[]> {
  let line = 0
  for await (const values of readDocuments(content)) {
    yield values.map(({ value, body }) => lineOf(++line, value, body === null ? undefined : bodies[body], reading))
  }
}

function lineOf(
  line: number,
  value: unknown,
  members: BodyMembers | undefined,
  { file, places, isWanted }: Reading
): SourceLine {
  const written = writtenAs(value)
  const place = places.next(file, line, `${written.kind === 'text' ? written.text : ''}\n`)
  if (!isWanted(place.number)) return { kind: 'passed', ...place }
  if (!isRecord(value)) {
    const reason = `not an event but ${kindOf(value)}: each event must be a JSON object`
    return { kind: 'unreadable', ...place, text: written.kind === 'text' ? written.text : null, reason }
  }
  if (!members || written.kind === 'failed') return eventOf(place, written)
  return eventOf(place, writtenAs(completedBy(value, members, () => idOf(place, written.text))))
}

type Written = { kind: 'text'; text: string } | { kind: 'failed'; reason: string }

function writtenAs(value: unknown): Written {
  try {
    return { kind: 'text', text: JSON.stringify(value) }
  } catch (error) {
    return { kind: 'failed', reason: `cannot be processed, is it nested too deeply? ${messageOf(error)}` }
  }
}

function eventOf(place: SourcePlace, written: Written): SourceLine {
  if (written.kind === 'failed') return { kind: 'unreadable', ...place, text: null, reason: written.reason }
  const { text } = written
  const bytes = Buffer.byteLength(text)
  if (bytes > LONGEST_LINE_BYTES) return { kind: 'unreadable', ...place, text: null, reason: TOO_LONG }
  // Any object may pass for an event: what is missing in it, subscriptions and the destination say better.
  return { kind: 'event', ...place, text, bytes, event: JSON.parse(text) as never }
}

/** As Segment completes the events of a body, which arrived when it was sent. */
function completedBy(
  event: Record<string, unknown>,
  members: BodyMembers,
  newId: () => string
): Record<string, unknown> {
  const { sentAt, context, integrations } = members
  const sent = typeof sentAt === 'string' ? Date.parse(sentAt) : NaN
  const receivedAt = Number.isNaN(sent) ? Date.now() : sent
  return completed(event, { receivedAt, sentAt, context, integrations }, newId)
}

/**
 * The second part of a messageId for an event that has none: the same at each reading, so that an event that is sent again
 * is known by its nonces.
 */
export function idOf({ number, checksum }: Pick<SourcePlace, 'number' | 'checksum'>, text: string): string {
  const digest = createHash('sha256').update(`${number} ${checksum} ${text}`).digest('hex')
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}
