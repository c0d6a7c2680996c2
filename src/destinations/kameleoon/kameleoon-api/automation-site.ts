import { joined } from './abort'
import { findSiteId } from './automation-api'
import { BudgetError } from './errors'
import type { KameleoonClient } from './http'
import { AUTOMATION_BUDGET } from './limits'

/** A project at the Automation API: its number, asked for once, and the requests that this process may make for it. */
export class AutomationSite {
  readonly budget = new RequestBudget()
  private number?: number
  private asking?: Promise<number>

  /** @throws UnknownSiteError, BudgetError, and what a call throws */
  async id(client: KameleoonClient): Promise<number> {
    return this.number ?? joined(() => (this.asking ??= this.ask(client)), client.signal)
  }

  private async ask(client: KameleoonClient): Promise<number> {
    try {
      this.budget.spend()
      return (this.number = await findSiteId(client))
    } finally {
      this.asking = undefined
    }
  }
}

/**
 * Keeps the requests of this process within the limits of the Automation API, so that the account is not blocked. What many
 * names need may take only a share of it: the rest is kept for the names of events that come every day.
 */
class RequestBudget {
  /** When each request of the last hour was made, oldest first; never longer than the hourly limit. */
  private spent: number[] = []

  /**
   * Takes one request.
   * @param share of the limits, up to which requests so far must not have come
   * @throws BudgetError with the seconds until the next request is allowed
   */
  spend(share = 1, now = Date.now()): void {
    const longest = Math.max(...AUTOMATION_BUDGET.map(({ seconds }) => seconds))
    this.spent = this.spent.filter((at) => at > now - longest * 1000)
    for (const { requests, seconds } of AUTOMATION_BUDGET) {
      const blocking = this.spent[this.spent.length - Math.floor(requests * share)]
      const wait = blocking === undefined ? 0 : blocking + seconds * 1000 - now
      if (wait > 0) throw new BudgetError(Math.ceil(wait / 1000))
    }
    this.spent.push(now)
  }
}
