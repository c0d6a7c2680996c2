import { readFile } from 'fs/promises'
import type { EventOrigin, Problem } from '../../contract'
import { RequestError } from '../api'
import type { WorkbenchContext } from '../context'
import { TOO_MANY_WAIT } from '../delivery/live-delivery'
import { type CompleteEvent, receive } from '../delivery/receive'
import type { LiveEvent } from '../event-log/live-event'
import { completed } from '../tracking/completed'
import { eventProblems } from '../tracking/event-problems'

/** Sends events that somebody wrote; throws a RequestError with every problem before the first is sent. Returns their ids. */
export function sendEvents(context: WorkbenchContext, events: CompleteEvent[], origin: EventOrigin = 'page'): string[] {
  const problems = events.flatMap((event, index) => {
    const place = events.length > 1 ? `events[${index}].` : ''
    return eventProblems(event).map(({ field, message }): Problem => ({ field: `${place}${field}`, message }))
  })
  const [first] = problems
  if (first) throw new RequestError(400, `Segment would drop this: ${first.field} ${first.message}`, problems)
  admit(context)
  const receivedAt = context.clock()
  return events.map((event) => receive(context, completed(event, { receivedAt }), origin).id)
}

/** Sends an event as it was completed the first time, so that Kameleoon sees what it has seen before. */
export function sendExactly(context: WorkbenchContext, { arrival }: LiveEvent): string {
  if (arrival.rejection !== null) throw new RequestError(400, `It would be rejected again: ${arrival.rejection}`)
  admit(context)
  return receive(context, JSON.parse(arrival.text) as CompleteEvent, 'replay').id
}

function admit({ delivery }: WorkbenchContext): void {
  if (delivery.isFull) throw new RequestError(429, TOO_MANY_WAIT)
}

/** What became of the examples. */
export interface ExamplesReport {
  events: number
  delivered: number
  filtered: number
  rejected: number
  /** What the emulated Kameleoon accepted of them and would not keep. */
  discarded: number
}

/** Delivers a file of events, one a line, and resolves when all of them are settled. */
export async function deliverExamples(path: string, context: WorkbenchContext): Promise<ExamplesReport> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  const received = lines.map((line) => {
    const event = completed(JSON.parse(line) as CompleteEvent, { receivedAt: context.clock() })
    return receive(context, event, 'example')
  })
  await context.delivery.idle()
  const summaries = received.map((event) => event.summary())
  const count = (status: string): number => summaries.filter((one) => one.status === status).length
  return {
    events: summaries.length,
    ...{ delivered: count('delivered'), filtered: count('filtered'), rejected: count('rejected') },
    discarded: summaries.reduce((sum, { discarded }) => sum + discarded, 0)
  }
}
