import { batchTrace, lostIn, type BatchTrace } from '../event-log/batch-trace'
import type { LiveEvent } from '../event-log/live-event'
import type { MappingTrace } from '../event-log/mapping-trace'
import {
  batchLimits,
  type HeldEvent,
  isRetryable,
  type Outcome,
  pauseBefore,
  recorded,
  type RetryPolicy,
  type SendBatch,
  sendBatchOnce,
  type SentEvent,
  type Subscription
} from '../../../segment-host'

/** An event on its way through one mapping. */
export interface Passenger extends HeldEvent {
  event: LiveEvent
  trace: MappingTrace
}

export interface LaneOptions {
  send: SendBatch
  retry: RetryPolicy
  clock: () => number
  /** How long events gather before a batch that is not full leaves. */
  gatherMs: number
  /** Told when passengers came to hold more memory. */
  onBatch: (passengers: Passenger[], batch: BatchTrace) => void
  onSettled: (passenger: Passenger) => void
  /** Nothing more is sent then. */
  isClosed: () => boolean
}

/** Most events in a batch, as Segment's default. https://segment.com/docs/partners/destinations/actions/ */
const BATCH_SIZE = 1000

/** Batches of one mapping that are under way side by side: a slow answer holds up little. */
const MOST_UNDER_WAY = 4

/**
 * The way of one mapping: events gather for a moment, leave as a batch, and whatever may still succeed comes back after a
 * pause, to leave with those that wait by then. Nobody behind it waits for it.
 */
export class LiveLane {
  private waiting: Passenger[] = []
  private timer: NodeJS.Timeout | undefined
  private underWay = 0

  constructor(
    private readonly subscription: Subscription,
    private readonly options: LaneOptions
  ) {}

  add(passenger: Passenger): void {
    this.waiting.push(passenger)
    if (this.waiting.length >= this.limits.events) this.dispatch()
    else this.timer ??= setTimeout(() => this.dispatch(), this.options.gatherMs)
  }

  private get limits() {
    return batchLimits(this.subscription, BATCH_SIZE)
  }

  private dispatch(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    while (this.waiting.length > 0 && this.underWay < MOST_UNDER_WAY && !this.options.isClosed()) {
      this.underWay++
      void this.deliver(this.nextBatch())
    }
  }

  private nextBatch(): Passenger[] {
    const { events, bytes } = this.limits
    let size = 0
    let end = 0
    while (end < Math.min(events, this.waiting.length)) {
      size += this.waiting[end].bytes
      if (end > 0 && size > bytes) break
      end++
    }
    return this.waiting.splice(0, end)
  }

  private async deliver(passengers: Passenger[]): Promise<void> {
    const at = this.options.clock()
    const [sendings, exchanges] = await recorded(() => sendBatchOnce(this.options.send, this.subscription, passengers))
    this.underWay--
    const batch = batchTrace(
      exchanges,
      sendings.map(({ sent }, position) => ({ name: passengers[position].event.arrival.name, sent }))
    )
    noteLost(passengers, batch)
    whenResultsComeLate(batch, () => {
      noteLost(passengers, batch)
      passengers.forEach(({ event }) => event.update())
    })
    this.settle(passengers, sendings, batch, at)
    this.options.onBatch(passengers, batch)
    this.dispatch()
  }

  private settle(passengers: Passenger[], sendings: SentEvent[], batch: BatchTrace, at: number): void {
    const again = new Map<number, { passengers: Passenger[]; outcomes: Outcome[] }>()
    passengers.forEach((passenger, position) => {
      const { outcome } = sendings[position]
      const { attempts } = passenger.trace
      attempts.push({ at, outcome, nextAttemptAt: null, batch, position })
      if (!isRetryable(outcome) || attempts.length > this.options.retry.retries)
        return this.options.onSettled(passenger)
      const group = again.get(attempts.length) ?? { passengers: [], outcomes: [] }
      group.passengers.push(passenger)
      group.outcomes.push(outcome)
      again.set(attempts.length, group)
    })
    for (const [attempts, group] of again) this.comeBack(group.passengers, group.outcomes, attempts)
  }

  /** Those with the same number of attempts pause together. */
  private comeBack(passengers: Passenger[], outcomes: Outcome[], attempts: number): void {
    const { retry, clock } = this.options
    const milliseconds = pauseBefore(attempts - 1, outcomes, retry)
    for (const { trace, event } of passengers) {
      trace.attempts[trace.attempts.length - 1].nextAttemptAt = clock() + milliseconds
      event.update()
    }
    void retry.wait(milliseconds).then(() => {
      if (!this.options.isClosed()) passengers.forEach((passenger) => this.add(passenger))
    })
  }
}

function noteLost(passengers: Passenger[], batch: BatchTrace): void {
  const lost = lostIn(batch)
  if (lost.size > 0) passengers.forEach(({ trace }, position) => trace.noteLost({ batch, position }, lost))
}

/** Kameleoon may read a request after the destination gave up waiting for its answer. */
function whenResultsComeLate({ exchanges }: BatchTrace, tell: () => void): void {
  exchanges.forEach(({ judged }) => judged?.whenLate(tell))
}
