import { BudgetError } from './errors'
import { AUTOMATION_BUDGET } from './limits'

/**
 * Keeps the requests of this process within the Automation API's limits, so that a flood of new event names ends in
 * retryable errors here and not in a blocked account there.
 */
export class RequestBudget {
  /** When each request of the last hour was made, oldest first; never longer than the hourly limit. */
  private spent: number[] = []

  /** @throws BudgetError with the seconds until the next request is allowed */
  spend(now = Date.now()): void {
    const longest = Math.max(...AUTOMATION_BUDGET.map(({ seconds }) => seconds))
    this.spent = this.spent.filter((at) => at > now - longest * 1000)
    for (const { requests, seconds } of AUTOMATION_BUDGET) {
      const blocking = this.spent[this.spent.length - requests]
      const wait = blocking === undefined ? 0 : blocking + seconds * 1000 - now
      if (wait > 0) throw new BudgetError(Math.ceil(wait / 1000))
    }
    this.spent.push(now)
  }
}
