import { readGoals } from './automation-api'
import type { Goal } from './automation-api'
import type { AutomationSite } from './automation-site'
import { UnreadableReplyError } from './errors'
import { GOAL_MILLISECONDS } from './goal-memory'
import type { KameleoonClient } from './http'
import { AUTOMATION_MAX_PAGES } from './limits'

/** What a reading of pages may take of the budget. */
const SHARE = 0.7

/**
 * The list of a project's goals, read page by page. After a failure, reading continues where it stopped. It is read anew
 * after ten minutes for each of its pages, so that it takes one request in ten minutes at most, whatever its length.
 */
export class GoalListing {
  private ids = new Set<number>()
  private pages = 0
  private startedAt = 0
  private isAtEnd = false
  private reading?: Promise<void>

  private readonly site: AutomationSite
  private readonly found: (goal: Goal) => void

  /** @param found called with every goal of every page */
  constructor(site: AutomationSite, found: (goal: Goal) => void) {
    this.site = site
    this.found = found
  }

  /** Whether the whole list has been read, and not too long ago. */
  get isComplete(): boolean {
    return this.isAtEnd && this.isYoung(GOAL_MILLISECONDS)
  }

  /** What was read is not valid any more. */
  reset(): void {
    this.startedAt = 0
    this.isAtEnd = false
    this.ids = new Set()
  }

  /**
   * Reads on up to the end, or up to so many pages. Concurrent callers share a reading.
   * @param pageAge for how many milliseconds, for each page, an earlier reading counts
   * @throws BudgetError, UnreadableReplyError, and what a call throws
   */
  async read(client: KameleoonClient, mostPages: number, pageAge = GOAL_MILLISECONDS): Promise<void> {
    if (!this.reading) {
      if (!this.isYoung(pageAge)) this.begin()
      else if (this.isAtEnd || this.pages >= mostPages) return
    }
    this.reading ??= this.readOn(client, mostPages).finally(() => (this.reading = undefined))
    return this.reading
  }

  private isYoung(pageAge: number): boolean {
    return Date.now() - this.startedAt < pageAge * Math.max(1, this.pages)
  }

  private begin(): void {
    this.startedAt = Date.now()
    this.pages = 0
    this.isAtEnd = false
    this.ids = new Set()
  }

  private async readOn(client: KameleoonClient, mostPages: number): Promise<void> {
    const siteId = await this.site.id(client)
    while (!this.isAtEnd && this.pages < mostPages) {
      if (this.pages >= AUTOMATION_MAX_PAGES) throw new UnreadableReplyError('GET /goals', 'last page')
      this.site.budget.spend(SHARE)
      const { goals, isLast } = await readGoals(client, siteId, this.pages + 1)
      const isGrowing = goals.some(({ id }) => !this.ids.has(id))
      for (const goal of goals) {
        this.ids.add(goal.id)
        this.found(goal)
      }
      this.pages++
      this.isAtEnd = isLast || !isGrowing
    }
    // Only a reading that goes on needs to know which goals it has seen.
    if (this.isAtEnd) this.ids = new Set()
  }
}
