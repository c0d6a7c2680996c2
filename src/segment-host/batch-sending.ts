import type { SegmentEvent } from '@segment/actions-core'
import type { SendBatch } from './destination-host'
import type { HeldEvent } from './event-line'
import { outcomeOf, type Outcome } from './outcome'
import type { Subscription } from './subscription'
import { mayBeOneEvent, thrownOutcome } from './thrown-outcome'

/** What became of one event, and what the destination says it sent for it. */
export interface Sending {
  outcome: Outcome
  sent: unknown
}

/**
 * Sends a batch once and resolves to one outcome an event, in order; never rejects. A batch that throws is halved until
 * the events that cause it are alone, so that their neighbours still arrive.
 */
export async function sendBatchOnce(
  send: SendBatch,
  subscription: Subscription,
  events: HeldEvent[]
): Promise<Sending[]> {
  try {
    const nodes = await send(events.map(freshEvent), subscription)
    return events.map((_, index) => ({ outcome: outcomeOf(nodes[index]), sent: nodes[index]?.sent }))
  } catch (error) {
    if (events.length === 1 || !mayBeOneEvent(error)) {
      return events.map(() => ({ outcome: thrownOutcome(error), sent: undefined }))
    }
    return sendHalves(send, subscription, events)
  }
}

async function sendHalves(send: SendBatch, subscription: Subscription, events: HeldEvent[]): Promise<Sending[]> {
  const middle = Math.ceil(events.length / 2)
  const first = await sendBatchOnce(send, subscription, events.slice(0, middle))
  const second = await sendBatchOnce(send, subscription, events.slice(middle))
  return [...first, ...second]
}

/** Parsed anew for every attempt: validation in actions-core coerces values in place, and subscriptions share events. */
function freshEvent(held: HeldEvent): SegmentEvent {
  // The reader has checked that the text is a JSON object; what is in it is for the destination to judge.
  return JSON.parse(held.text) as SegmentEvent
}
