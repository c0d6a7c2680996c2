import type { Outcome, Pause, SentBatch, Settled, Subscription } from '../../../segment-host'
import type { Clock } from '../clock'

export const orders: Subscription = {
  name: 'Orders',
  partnerAction: 'logEvent',
  subscribe: 'type = "track"',
  mapping: {}
}

export function settled(outcome: Settled['outcome'], line = 1, subscription: Subscription | null = orders): Settled {
  return { file: 'events.ndjson', line, text: '{"messageId":"content-of-the-event"}', subscription, outcome }
}

export const rejection: Extract<Outcome, { kind: 'rejected' }> = {
  kind: 'rejected',
  status: 400,
  reason: 'Revenue must be a number'
}

export const batch: SentBatch = {
  ...{ subscription: orders, batch: 3, events: 1000, attempt: 2, milliseconds: 87 },
  ...{ delivered: 900, filtered: 40, rejected: 10, again: 50, waiting: 1234 }
}

export function wait(milliseconds: number, reason = '503 Service unavailable'): Pause {
  return { subscription: orders, events: 500, milliseconds, reason }
}

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  advance: (milliseconds: number) => void
  /** Timers that are not yet stopped. */
  timers: () => number
}

export function testClock(): TestClock {
  let time = Date.UTC(2025, 0, 1)
  const timers = new Set<{ due: number; milliseconds: number; call: () => void }>()
  const step = (): void => {
    time++
    for (const timer of timers) {
      if (timer.due !== time) continue
      timer.due += timer.milliseconds
      timer.call()
    }
  }
  return {
    now: () => time,
    every: (milliseconds, call) => {
      const timer = { due: time + milliseconds, milliseconds, call }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    advance: (milliseconds) => {
      for (let passed = 0; passed < milliseconds; passed++) step()
    },
    timers: () => timers.size
  }
}
