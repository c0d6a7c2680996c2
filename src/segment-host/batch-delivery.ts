import { sendBatchOnce } from './batch'
import type { SendBatch } from './destination'
import type { HeldEvent } from './event-line'
import type { Outcome } from './outcome'
import { isRetryable, pauseBefore, type RetryPolicy } from './retry-policy'
import type { Subscription } from './subscription'

/** Told before a pause: how many events will be sent again, when, and why. */
export interface Pause {
  subscription: Subscription
  events: number
  milliseconds: number
  reason: string
}

export interface BatchDelivery {
  send: SendBatch
  subscription: Subscription
  retry: RetryPolicy
  onSettled: (event: HeldEvent, outcome: Outcome) => void
  onPause: (pause: Pause) => void
}

/** Sends a batch, and again whatever may still succeed, until every event of it is settled. */
export async function deliverBatch(events: HeldEvent[], delivery: BatchDelivery): Promise<void> {
  const { send, subscription, retry } = delivery
  let pending = events
  for (let attempt = 0; pending.length > 0; attempt++) {
    const sendings = await sendBatchOnce(send, subscription, pending)
    const outcomes = sendings.map(({ outcome }) => outcome)
    const again = settle(pending, outcomes, delivery, attempt === retry.retries)
    if (again.events.length > 0) await pause(again.outcomes, attempt, delivery)
    pending = again.events
  }
}

interface Again {
  events: HeldEvent[]
  outcomes: Outcome[]
}

function settle(events: HeldEvent[], outcomes: Outcome[], delivery: BatchDelivery, last: boolean): Again {
  const again: Again = { events: [], outcomes: [] }
  events.forEach((event, index) => {
    if (last || !isRetryable(outcomes[index])) return delivery.onSettled(event, outcomes[index])
    again.events.push(event)
    again.outcomes.push(outcomes[index])
  })
  return again
}

async function pause(outcomes: Outcome[], attempt: number, delivery: BatchDelivery): Promise<void> {
  const { subscription, retry, onPause } = delivery
  const milliseconds = pauseBefore(attempt, outcomes, retry)
  const [first] = outcomes
  const reason = first.kind === 'rejected' ? `${first.status} ${first.reason}` : ''
  onPause({ subscription, events: outcomes.length, milliseconds, reason })
  await retry.wait(milliseconds)
}
