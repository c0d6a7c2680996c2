import { readFile } from 'fs/promises'
import type { EventOrigin, Problem, Subscription } from '../../contract'
import { completed, type CompleteEvent } from '../../../segment-host'
import { eventProblems } from '../../../tracking-api'
import { RequestError } from '../api'
import { TOO_MANY_WAIT } from '../delivery/live-delivery'
import { receive, receiveTest, type Receiver } from '../delivery/receive'
import type { LiveEvent } from '../event-log/live-event'

/**
 * Sends events as a source would, and returns their ids.
 * @throws RequestError with all problems of all events; then no event is sent
 */
export function sendEvents(receiver: Receiver, events: CompleteEvent[], origin: EventOrigin = 'page'): string[] {
  requireValid(events)
  requireRoom(receiver)
  const receivedAt = receiver.clock()
  return events.map((event) => receive(receiver, completed(event, { receivedAt }), origin).id)
}

/**
 * Sends an event through one mapping only, which need not be saved, and returns its id.
 * @throws RequestError with all problems of the event; then it is not sent
 */
export function sendTest(receiver: Receiver, event: CompleteEvent, mapping: Subscription): string {
  requireValid([event])
  requireRoom(receiver)
  return receiveTest(receiver, completed(event, { receivedAt: receiver.clock() }), mapping).id
}

function requireValid(events: CompleteEvent[]): void {
  const problems = events.flatMap((event, index) => {
    const place = events.length > 1 ? `events[${index}].` : ''
    return eventProblems(event).map(({ field, message }): Problem => ({ field: `${place}${field}`, message }))
  })
  const [first] = problems
  if (first) throw new RequestError(400, `Segment would drop this: ${first.field} ${first.message}`, problems)
}

/** Sends an event again with the same messageId and times, so that Kameleoon recognises it as a repetition. */
export function sendExactly(receiver: Receiver, live: LiveEvent): string {
  const { rejection } = live.arrival
  if (rejection !== null) throw new RequestError(400, `It would be rejected again: ${rejection}`)
  requireRoom(receiver)
  return replay(receiver, live).id
}

/** Receives an event of the log again. */
export function replay(receiver: Receiver, { id, arrival }: LiveEvent): LiveEvent {
  // The text was written from an event.
  return receive(receiver, JSON.parse(arrival.text) as CompleteEvent, 'replay', { replayOf: id })
}

/** @throws RequestError when too many events wait */
export function requireRoom({ delivery }: Receiver): void {
  if (delivery.isFull) throw new RequestError(429, TOO_MANY_WAIT)
}

/** What became of the examples. */
export interface ExamplesReport {
  events: number
  delivered: number
  filtered: number
  rejected: number
  /** How many visit events and stored values the emulator accepted but did not keep. */
  discarded: number
}

/** Delivers a file with one JSON event per line. Resolves when all events are settled. */
export async function deliverExamples(path: string, receiver: Receiver): Promise<ExamplesReport> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  const received = lines.map((line) => {
    // The file is part of the package.
    const event = completed(JSON.parse(line) as CompleteEvent, { receivedAt: receiver.clock() })
    return receive(receiver, event, 'example')
  })
  await receiver.delivery.idle()
  const summaries = received.map((event) => event.summary())
  const count = (status: string): number => summaries.filter((one) => one.status === status).length
  return {
    events: summaries.length,
    ...{ delivered: count('delivered'), filtered: count('filtered'), rejected: count('rejected') },
    discarded: summaries.reduce((sum, { discarded }) => sum + discarded, 0)
  }
}
