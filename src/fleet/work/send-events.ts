import type { SegmentEvent } from '@segment/actions-core'
import {
  batchLimits,
  IdentityOrder,
  isRetryable,
  Queue,
  sendBatchOnce,
  type Outcome,
  type QueuedEvent,
  type QueuePause,
  type RetryPolicy,
  type SendBatch,
  type Subscription
} from '../../segment-host'

/** What became of an event of a job. Null when the worker stopped before. */
export type EventResult = Outcome | null

export interface Sending {
  send: SendBatch
  retry: RetryPolicy
  /** Nothing more is sent once it is aborted. */
  signal: AbortSignal
  onPause?: (pause: QueuePause<unknown>) => void
}

interface JobEvent extends QueuedEvent {
  event: SegmentEvent
}

/**
 * Sends the events of a job in their order, again where that may help, and resolves to the last outcome of each. Retries stay
 * in here, so that nothing of the partition overtakes them.
 * @param bytes of all events
 */
export async function sendEvents(
  events: readonly SegmentEvent[],
  bytes: number,
  subscription: Subscription,
  { send, retry, signal, onPause }: Sending
): Promise<EventResult[]> {
  const results: EventResult[] = events.map(() => null)
  const queue = new Queue<JobEvent>({
    name: subscription.name,
    order: 'strict',
    identityOrder: new IdentityOrder(),
    limits: batchLimits(subscription, events.length),
    send: async (batch) => {
      const sent = await sendBatchOnce(
        send,
        subscription,
        batch.map(({ event }) => event)
      )
      return sent.map(({ outcome }) => outcome)
    },
    retry,
    signal,
    onPause,
    onSettled: ({ number }, outcome) => void (results[number] = outcome)
  })
  const each = Math.ceil(bytes / events.length)
  events.forEach((event, number) => queue.add({ event, number, bytes: each, ...WITHOUT_ORDER }))
  await queue.finish()
  return results
}

/** All events of a job may be sent together. */
const WITHOUT_ORDER = { identities: [], person: null, mayWrite: false, mayLink: false, needsLink: false }

/** Whether every attempt failed, although a later one may succeed. */
export function isUndelivered(result: EventResult): result is Extract<Outcome, { kind: 'rejected' }> {
  return result !== null && isRetryable(result)
}
