import type { Fleet } from '../../../fleet'

/** How often requests are added to the totals of the fleet, in milliseconds. */
const EVERY_MS = 2_000

/** Counts the requests of this process among those of the fleet. */
export class RequestTotals {
  private requests = 0
  private rateLimited = 0
  private readonly timer: NodeJS.Timeout

  constructor(private readonly fleet: Pick<Fleet, 'store'>) {
    this.timer = setInterval(() => void this.flush().catch(() => undefined), EVERY_MS)
  }

  /** @param status 0 where there was no answer */
  count(status: number): void {
    this.requests++
    if (status === 429) this.rateLimited++
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    await this.flush()
  }

  private async flush(): Promise<void> {
    const { requests, rateLimited } = this
    if (requests === 0) return
    await this.fleet.store.add('totals', { requests, rateLimited })
    this.requests -= requests
    this.rateLimited -= rateLimited
  }
}
