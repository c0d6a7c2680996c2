import { omit } from '@segment/actions-core'
import type { SegmentEvent } from '@segment/actions-core'
import type { SendBatch } from './destination'
import { mayBeOneEvent, outcomeOf, thrownOutcome, type Outcome } from './outcome'
import type { Subscription } from './subscription'
import { memberOf } from './values'

/** Segment's default for a batch, and the most that is held in memory for one. https://segment.com/docs/partners/destinations/actions/ */
const DEFAULT_BATCH_BYTES = 4_000_000

export interface BatchLimits {
  /** Most events in a batch. */
  events: number
  /** Most bytes of JSON text in a batch. A single event may be larger. */
  bytes: number
}

/**
 * How large the batches of a subscription may be. A mapping can lower the limits with Segment's own fields
 * `enable_batching`, `batch_size` and `batch_bytes`.
 * @param batchSize most events in a batch
 */
export function batchLimits({ mapping }: Subscription, batchSize: number): BatchLimits {
  const events = mapping.enable_batching === false ? 1 : Math.min(batchSize, positive(mapping.batch_size) ?? batchSize)
  return { events, bytes: Math.min(positive(mapping.batch_bytes) ?? DEFAULT_BATCH_BYTES, DEFAULT_BATCH_BYTES) }
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 1 ? Math.floor(value) : undefined
}

/** The outcome of one event in one attempt, and what the destination says it sent for it. */
export interface SentEvent {
  outcome: Outcome
  sent: unknown
}

/**
 * Sends a batch once and resolves to one result for each event, in order. Never rejects. When the destination throws, the
 * batch is halved until the events that cause the error are alone, so that the others are still delivered.
 * @param events are not changed, so they can be sent again and through other subscriptions
 */
export async function sendBatchOnce(
  send: SendBatch,
  subscription: Subscription,
  events: readonly SegmentEvent[]
): Promise<SentEvent[]> {
  try {
    const nodes = await send(events.map(readable), subscription)
    return events.map((_, index) => ({ outcome: outcomeOf(nodes[index]), sent: nodes[index]?.sent }))
  } catch (error) {
    if (events.length === 1 || !mayBeOneEvent(error)) {
      return events.map(() => ({ outcome: thrownOutcome(error), sent: undefined }))
    }
    const middle = Math.ceil(events.length / 2)
    const first = await sendBatchOnce(send, subscription, events.slice(0, middle))
    const second = await sendBatchOnce(send, subscription, events.slice(middle))
    return [...first, ...second]
  }
}

/** Without the two members that the framework reads before any check, and cannot read when they are null. */
function readable(event: SegmentEvent): SegmentEvent {
  const { context } = event
  if (context === null) return omit(event, ['context'])
  return memberOf(context, 'personas') === null ? { ...event, context: omit(context, ['personas']) } : event
}
