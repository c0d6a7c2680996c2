import type { EventOrigin, Problem } from '../../contract'
import type { WorkbenchContext } from '../context'
import { TOO_MANY_WAIT } from '../delivery/live-delivery'
import { receive, type CompleteEvent } from '../delivery/receive'
import type { LiveEvent } from '../event-log/live-event'
import { Rejection } from '../rejection'
import { completed } from '../tracking/completed'
import { eventProblems } from '../tracking/event-problems'

/** Sends events that somebody wrote; throws a Rejection with every problem before the first is sent. Returns their ids. */
export function sendEvents(context: WorkbenchContext, events: CompleteEvent[], origin: EventOrigin = 'page'): string[] {
  const problems = events.flatMap((event, index) => {
    const place = events.length > 1 ? `events[${index}].` : ''
    return eventProblems(event).map(({ field, message }): Problem => ({ field: `${place}${field}`, message }))
  })
  const [first] = problems
  if (first) throw new Rejection(400, `Segment would drop this: ${first.field} ${first.message}`, problems)
  admit(context)
  const receivedAt = context.clock()
  return events.map((event) => receive(context, completed(event, { receivedAt }), origin).id)
}

/** Sends an event as it was completed the first time, so that Kameleoon sees what it has seen before. */
export function sendExactly(context: WorkbenchContext, { arrival }: LiveEvent): string {
  if (arrival.rejection !== null) throw new Rejection(400, `It would be rejected again: ${arrival.rejection}`)
  admit(context)
  return receive(context, JSON.parse(arrival.text) as CompleteEvent, 'replay').id
}

function admit({ delivery }: WorkbenchContext): void {
  if (delivery.isFull) throw new Rejection(429, TOO_MANY_WAIT)
}
