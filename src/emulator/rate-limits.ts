import { LRUCache } from 'lru-cache'
import { AUTOMATION_RATES } from './limits'

const MINUTE = 60_000

/** Lets a number of calls pass within any stretch of time; rejected calls do not count. */
export class SlidingWindow {
  /** The times of the last calls that passed, written in a circle. */
  private readonly passed: number[] = []
  private cursor = 0

  constructor(
    private readonly calls: number,
    private readonly milliseconds: number
  ) {}

  isFull(now: number): boolean {
    const oldest = this.passed[this.cursor]
    return oldest !== undefined && now - oldest < this.milliseconds
  }

  count(now: number): void {
    this.passed[this.cursor] = now
    this.cursor = (this.cursor + 1) % this.calls
  }
}

/**
 * Kameleoon's rate limits: the Data API per account or per address and minute, the Automation API per account.
 * https://developers.kameleoon.com/apis/data-api-rest/overview/#rate-limits
 * https://composable-docs.zeotap.com/destinations/other/kameleoon/
 */
export class RateLimits {
  private readonly windows = new LRUCache<string, SlidingWindow[]>({ max: 1_000 })

  constructor(
    private readonly clock: () => number,
    private readonly monthlyUniqueVisitors: number
  ) {}

  /** Counts a Data API call; false means too many. Calls without a token are counted per address. */
  takeData(method: string, address: string, authenticated: boolean): boolean {
    const kind = method === 'GET' ? 'GET' : 'POST'
    const caller = authenticated ? 'account' : address
    return this.take(`data ${kind} ${caller}`, [{ calls: this.dataCalls(kind, authenticated), milliseconds: MINUTE }])
  }

  /** Counts an Automation API call; false means too many. */
  takeAutomation(): boolean {
    return this.take('automation', AUTOMATION_RATES)
  }

  reset(): void {
    this.windows.clear()
  }

  private dataCalls(kind: 'GET' | 'POST', authenticated: boolean): number {
    if (!authenticated) return kind === 'GET' ? 120 : 1_200
    return Math.floor((500_000 + this.monthlyUniqueVisitors) / (kind === 'GET' ? 500 : 50))
  }

  private take(key: string, rates: readonly { calls: number; milliseconds: number }[]): boolean {
    const now = this.clock()
    const windows = this.windows.get(key) ?? rates.map((rate) => new SlidingWindow(rate.calls, rate.milliseconds))
    this.windows.set(key, windows)
    if (windows.some((window) => window.isFull(now))) return false
    windows.forEach((window) => window.count(now))
    return true
  }
}
