import { setTimeout } from 'timers/promises'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import { memberOf } from '../../segment-host'
import { FleetStoreError } from './fleet-store-error'

/** There is one count for the whole fleet, so one key in each limiter. */
const KEY = 'all'

/** The requests of one kind that the fleet may send. */
export class Budget {
  /** Ends when the request that came last has its place: requests of a process are served in their order. */
  private last: Promise<unknown> = Promise.resolve()
  /** Ends when the last block is in the database. Until then this process sends nothing either. */
  private blocking: Promise<unknown> = Promise.resolve()

  /**
   * @param limiters a request needs a place in all of them. The last one has the shortest windows.
   * @param signal ends all waiting
   */
  constructor(
    private readonly limiters: readonly RateLimiterAbstract[],
    private readonly signal?: AbortSignal
  ) {}

  /**
   * Waits until a request may be sent, however long that takes.
   * @throws FleetStoreError if the database does not answer
   * @throws the reason of the signal
   */
  take(): Promise<void> {
    const turn = this.last.then(() => this.takeAll())
    this.last = turn.catch(() => undefined)
    return turn
  }

  /**
   * Lets no process of the fleet send for so many seconds.
   * @param seconds a whole number, since Redis counts whole seconds
   */
  block(seconds: number): Promise<void> {
    const blocking = this.blockAll(seconds)
    this.blocking = blocking.catch(() => undefined)
    return blocking
  }

  private async blockAll(seconds: number): Promise<void> {
    const limiter = this.limiters[this.limiters.length - 1]
    const present = await limiter.get(KEY)
    const remaining = Math.ceil((present?.msBeforeNext ?? 0) / 1000)
    // A block takes the place of the present window, and of a longer block: neither may end sooner by that.
    await limiter.block(KEY, Math.max(seconds, remaining))
  }

  private async takeAll(): Promise<void> {
    for (const limiter of this.limiters) await this.takeOne(limiter)
  }

  private async takeOne(limiter: RateLimiterAbstract): Promise<void> {
    for (;;) {
      await this.blocking
      this.signal?.throwIfAborted()
      const wait = await millisecondsToWait(limiter)
      if (wait === undefined) return
      await setTimeout(Math.max(1, wait), undefined, { signal: this.signal })
    }
  }
}

/** Takes a place. @returns undefined if there was one, else after how many milliseconds there may be one */
async function millisecondsToWait(limiter: RateLimiterAbstract): Promise<number | undefined> {
  try {
    await limiter.consume(KEY)
    return undefined
  } catch (rejected) {
    // The limiter rejects with a result where there is no place, and with an error where the database fails.
    const wait = memberOf(rejected, 'msBeforeNext')
    if (typeof wait === 'number') return wait
    throw new FleetStoreError(rejected)
  }
}
