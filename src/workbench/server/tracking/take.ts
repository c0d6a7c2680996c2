import type { CompleteEvent } from '../../../segment-host'
import type { EventOrigin } from '../../contract'
import { checkedEvents, MOST_LEVELS, TrackingError, type CheckedEvent, type TrackingCall } from '../../../tracking-api'
import { TOO_MANY_WAIT } from '../delivery/live-delivery'
import { type Receiver, receive } from '../delivery/receive'
import type { LiveEvent } from '../event-log/live-event'

/**
 * Receives the events of a call. Segment answers 200 also to events it then drops, and names the reason in its debugger
 * only. Here they are shown in the event stream as rejected, and the answer lists them too. The other events of the call
 * are delivered.
 */
export function take(receiver: Receiver, { events, common }: Pick<TrackingCall, 'events' | 'common'>) {
  if (receiver.delivery.isFull) throw new TrackingError(429, 'too_many_events', TOO_MANY_WAIT)
  const envelope = { ...common, receivedAt: receiver.clock() }
  const checked = checkedEvents(events, () => envelope)
  for (const one of checked) takeOne(receiver, one, 'tracking-api')
  const rejected = checked.flatMap((one) =>
    one.kind === 'dropped' ? [{ index: one.index, problems: one.problems }] : []
  )
  return { success: true, ...(rejected.length > 0 && { rejected }) }
}

/** Receives an event; one that Segment would drop is only logged, with the reason. */
export function takeOne(receiver: Receiver, checked: CheckedEvent, origin: EventOrigin): LiveEvent {
  if (checked.kind === 'valid') return receive(receiver, checked.event, origin)
  const reason = checked.problems.map(({ field, message }) => `${field} ${message}`).join('; ')
  return receive(receiver, shortened(checked.event), origin, { rejection: `Segment would drop it: ${reason}` })
}

/** The event as it can be written as JSON without running out of stack. */
function shortened(event: CompleteEvent): CompleteEvent {
  return Object.fromEntries(Object.entries(event).map(([key, value]) => [key, cutBelow(value, MOST_LEVELS - 1)]))
}

/** The value with a mark in place of everything that is nested deeper. */
function cutBelow(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) return '…'
  if (Array.isArray(value)) return value.map((member) => cutBelow(member, levels - 1))
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cutBelow(member, levels - 1)]))
}
