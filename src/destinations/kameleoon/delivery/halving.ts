import { ResponseError } from '../kameleoon-api/errors'
import { failureOf, searchEnded } from './failure'
import type { Failure } from './failure'

/** Why nothing more of this kind is sent for a batch: the rate limit is reached, or the credentials do not work. */
export interface Stop {
  reason?: Failure
}

/** What is known while the events of one batch are sent. */
export interface Stops {
  /** Kameleoon counts reading and writing calls separately, so a limit on one says nothing about the other. */
  reading: Stop
  writing: Stop
  /** Requests sent so far, of both kinds. */
  requests: number
}

export interface Sending<Item, Reply> {
  send(items: Item[]): Promise<Reply>
  delivered(items: Item[], reply: Reply): void
  failed(items: Item[], failure: Failure, error?: unknown): void
}

/** Parts are no longer halved once a batch has needed so many requests: the halves under way bring it to 100 at most. */
const MOST_REQUESTS = 90

/** Whatever was sent before, the first rejected items are always found. */
const LEAST_HALVINGS = 10

/** If so many items are rejected alone and none was accepted, Kameleoon most likely rejects everything. */
const MOST_REJECTED_ALONE = 8

/**
 * Sends items of one kind together. What Kameleoon rejects as a whole (400, 413) is halved until the rejected items are alone
 * and the rest is delivered; every part ends as delivered or failed. After 429 or 401 nothing more is sent.
 *
 * Where everything is rejected, or much of it, the search for the rejected items ends early. What was not rejected alone by
 * then fails with an error that is tried again, since it may be right. So does an item that was rejected alone while nothing
 * was accepted: it is not to blame if Kameleoon rejects everything for a while.
 */
export class HalvingSender<Item, Reply> {
  private halvings = 0
  /** Items that were rejected alone before any was accepted, each with the error. */
  private readonly doubtful: Array<{ item: Item; error: ResponseError }> = []
  private isAnyAccepted = false

  /** @param stop the member of `stops` for this kind of call */
  constructor(
    private readonly stops: Stops,
    private readonly stop: Stop,
    private readonly sending: Sending<Item, Reply>
  ) {}

  /** Sends parts one after the other. */
  async sendAll(parts: Iterable<Item[]>): Promise<void> {
    for (const part of parts) await this.send(part)
    this.settleDoubtful()
  }

  private async send(items: Item[]): Promise<void> {
    const { stop, stops, sending } = this
    if (stop.reason) return sending.failed(items, stop.reason)
    try {
      stops.requests++
      const reply = await sending.send(items)
      this.isAnyAccepted = true
      this.settleDoubtful()
      sending.delivered(items, reply)
    } catch (error) {
      if (isDivisible(error)) return this.rejected(items, error)
      const failure = failureOf(error)
      if (failure.status === 429 || failure.status === 401) stop.reason = failure
      sending.failed(items, failure, error)
    }
  }

  private async rejected(items: Item[], error: ResponseError): Promise<void> {
    if (items.length === 1) return this.rejectedAlone(items[0], error)
    if (!this.mayHalve) return this.sending.failed(items, searchEnded(error))
    this.halvings++
    const middle = Math.ceil(items.length / 2)
    await this.send(items.slice(0, middle))
    await this.send(items.slice(middle))
  }

  private rejectedAlone(item: Item, error: ResponseError): void {
    // A single event that is too large says nothing about the others.
    if (this.isAnyAccepted || error.status !== 400) return this.sending.failed([item], failureOf(error), error)
    this.doubtful.push({ item, error })
    if (this.doubtful.length >= MOST_REJECTED_ALONE) this.stop.reason ??= searchEnded(error)
  }

  /** Once an item was accepted, or nothing is left to send, it is known whose fault the rejections were. */
  private settleDoubtful(): void {
    const isEverythingRejected = this.doubtful.length >= MOST_REJECTED_ALONE
    for (const { item, error } of this.doubtful.splice(0)) {
      this.sending.failed([item], isEverythingRejected ? searchEnded(error) : failureOf(error), error)
    }
  }

  private get mayHalve(): boolean {
    return !this.stop.reason && (this.stops.requests < MOST_REQUESTS || this.halvings < LEAST_HALVINGS)
  }
}

function isDivisible(error: unknown): error is ResponseError {
  return error instanceof ResponseError && (error.status === 400 || error.status === 413)
}
