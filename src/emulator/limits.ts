import { LRUCache } from 'lru-cache'

/**
 * Limits from Kameleoon's documentation. Lengths are in characters, times in hours unless the name says otherwise.
 * https://docs.kameleoon.com/api-reference/visit/send-visitor-events
 * https://docs.kameleoon.com/api-reference/map/update-data-for-several-keys
 * https://docs.kameleoon.com/api-reference/visit/remove-data-for-several-visitors
 * https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started
 */
export const LIMITS = {
  visitEventsBytes: 3_000_000,
  mapWriteBytes: 1_000_000,
  forgetBytes: 1_000_000,
  visitorCodeLength: 100,
  mapKeyLength: 100,
  mapFieldLength: 1024,
  mapKeysPerRead: 100,
  defaultTtlHours: 2208,
  maxTtlHours: 8784,
  previousVisits: 25,
  /** The browser script rejects a longer value; the number of values is another matter. */
  customDataValueLength: 1000,
  /** The browser script cuts page addresses and titles here. */
  pageTextLength: 200,
  automationPage: 50,
  automationMaxPage: 200
} as const

/** Calls allowed per window of the Automation API. */
const AUTOMATION_RATES = [
  { calls: 50, milliseconds: 10_000 },
  { calls: 1_000, milliseconds: 3_600_000 }
] as const

const MINUTE = 60_000

/** Allows a number of calls within any period of this length. Rejected calls do not count. */
export class SlidingWindow {
  /** A ring buffer of the times of the last allowed calls. */
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

  /** Counts a Data API call and returns whether it is allowed. Calls without a token are counted by address. */
  takeData(method: string, address: string, authenticated: boolean): boolean {
    const kind = method === 'GET' ? 'GET' : 'POST'
    const caller = authenticated ? 'account' : address
    return this.take(`data ${kind} ${caller}`, [{ calls: this.dataCalls(kind, authenticated), milliseconds: MINUTE }])
  }

  /** Counts an Automation API call and returns whether it is allowed. */
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
