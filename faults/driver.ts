import { isRetryable, type Outcome } from '../src/segment-host'
import type { SourceEvent } from './events'
import { SUBSCRIPTIONS, type Host } from './host'
import { shuffled, type Random } from './random'

/** An event on its way: how often it was sent, when it may be sent again, and how it ended last. */
export interface Delivery {
  readonly source: SourceEvent
  attempts: number
  notBefore: number
  /** The longest pause that the destination asked for, in milliseconds. */
  longestPause: number
  outcome?: Outcome
}

export interface Drive {
  host: Host
  time: SimulatedTime
  random: Random
  batchSize: number
  /** How many batches are under way at the same time. With one, everything happens in the order of the seed. */
  senders: number
}

/** Segment gives up after about four hours; a trial that needs more rounds than this has failed. */
const MOST_ROUNDS = 40
/** Segment delivers the next batch about a second later. */
const BETWEEN_BATCHES = 1_000
const FIRST_PAUSE = 5_000
const LONGEST_PAUSE = 300_000

/** Events that were not sent yet. */
export function unsent(events: readonly SourceEvent[]): Delivery[] {
  return events.map((source) => ({ source, attempts: 0, notBefore: 0, longestPause: 0 }))
}

/**
 * Delivers events as Segment does: in batches of one subscription, those with a retryable outcome again, in other company
 * each time, and never before the destination said.
 */
export async function drive(deliveries: readonly Delivery[], drive: Drive, rounds = MOST_ROUNDS): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const pending = deliveries.filter(isPending)
    if (pending.length === 0) return
    const batches = batchesOf(pending, drive)
    await Promise.all(Array.from({ length: drive.senders }, () => sendAll(batches, drive)))
  }
}

export function isPending({ outcome }: Delivery): boolean {
  return outcome === undefined || isRetryable(outcome)
}

/** Sends what is left of these batches, one after the other. */
async function sendAll(batches: Delivery[][], drive: Drive): Promise<void> {
  for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
    await sendBatch(batch, drive)
    drive.time.advance(BETWEEN_BATCHES)
  }
}

async function sendBatch(batch: Delivery[], { host, time }: Drive): Promise<void> {
  time.advanceTo(Math.max(...batch.map(({ notBefore }) => notBefore)))
  const texts = batch.map(({ source }) => source.text)
  const outcomes = await host.send(texts, SUBSCRIPTIONS[batch[0].source.subscription])
  batch.forEach((delivery, index) => {
    const outcome = outcomes[index]
    const asked = outcome.kind === 'rejected' ? (outcome.retryAfterMs ?? 0) : 0
    delivery.longestPause = Math.max(delivery.longestPause, asked)
    delivery.notBefore = time.now() + Math.max(asked, Math.min(FIRST_PAUSE * 2 ** delivery.attempts, LONGEST_PAUSE))
    delivery.outcome = outcome
    delivery.attempts++
  })
}

/** Batches of one subscription each, mixed anew. */
function batchesOf(pending: Delivery[], { random, batchSize }: Drive): Delivery[][] {
  const mixed = shuffled(pending, random)
  const batches = Object.keys(SUBSCRIPTIONS).flatMap((name) =>
    cut(
      mixed.filter(({ source }) => source.subscription === name),
      batchSize
    )
  )
  return shuffled(batches, random)
}

function cut<Item>(items: Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size)
  )
}

/**
 * A clock for this whole process that moves only when `advance` is called: tokens, goal directory, budgets and the emulator's
 * limits live by `Date.now` and `performance.now`. Timers stay real.
 */
export class SimulatedTime {
  private readonly realDateNow = Date.now
  private readonly realPerformanceNow = performance.now.bind(performance)

  constructor(private milliseconds = Date.parse('2026-02-01T00:00:00Z')) {}

  readonly now = (): number => this.milliseconds

  advance(milliseconds: number): void {
    this.milliseconds += milliseconds
  }

  /** Waits for a moment; one that is over takes no time. */
  advanceTo(moment: number): void {
    this.milliseconds = Math.max(this.milliseconds, moment)
  }

  /** Runs an action in this time, and goes back to the real one. */
  async during<T>(action: () => Promise<T>): Promise<T> {
    Date.now = this.now
    performance.now = this.now
    try {
      return await action()
    } finally {
      Date.now = this.realDateNow
      performance.now = this.realPerformanceNow
    }
  }
}
