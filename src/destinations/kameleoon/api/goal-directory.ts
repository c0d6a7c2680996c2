import type { KameleoonClient } from './client'
import { ResponseError } from './errors'
import { createGoal, readGoals } from './goals'
import type { Goal } from './goals'
import { AUTOMATION_MAX_PAGES } from './limits'
import { RequestBudget } from './request-budget'
import { findSiteId } from './sites'

/** A directory is trusted this long, also for names it does not have. */
const LIFETIME_MILLISECONDS = 10 * 60 * 1000

/** Before a goal is created the directory must be this fresh: another process may have created the goal meanwhile. */
const FRESH_MILLISECONDS = 10 * 1000

interface Listing {
  siteId: number
  byName: Map<string, Goal>
  readAt: number
}

/**
 * The goals of one project, read once through the Automation API and shared by all callers: concurrent calls wait for
 * the same reading and for the same creation. A failed reading is not remembered.
 */
export class GoalDirectory {
  private listing?: Listing
  private reading?: Promise<Listing>
  private readonly creating = new Map<string, Promise<Goal>>()
  private readonly budget = new RequestBudget()

  /**
   * The goal with the first of these names that exists, an active one if there are several.
   * @throws ResponseError, UnreachableError, BudgetError, CredentialsError, UnknownSiteError
   */
  async find(client: KameleoonClient, names: readonly string[]): Promise<Goal | undefined> {
    return firstOf(await this.read(client, LIFETIME_MILLISECONDS), names)
  }

  /** As `find`; where none exists, the goal is created under the last of the names. */
  async findOrCreate(client: KameleoonClient, names: readonly string[]): Promise<Goal> {
    const known = await this.find(client, names)
    if (known) return known
    const fresh = await this.read(client, FRESH_MILLISECONDS)
    return firstOf(fresh, names) ?? this.create(client, fresh, names[names.length - 1])
  }

  private async read(client: KameleoonClient, maxAge: number): Promise<Listing> {
    if (this.listing && Date.now() - this.listing.readAt < maxAge) return this.listing
    this.reading ??= this.readAll(client).finally(() => (this.reading = undefined))
    return (this.listing = await this.reading)
  }

  private async readAll(client: KameleoonClient): Promise<Listing> {
    const siteId = this.listing?.siteId ?? (await this.spend(() => findSiteId(client)))
    const listing: Listing = { siteId, byName: new Map(), readAt: Date.now() }
    for (let page = 1; page <= AUTOMATION_MAX_PAGES; page++) {
      const { goals, isLast } = await this.spend(() => readGoals(client, siteId, page))
      const grown = goals.map((goal) => remember(listing, goal)).includes(true)
      if (isLast || !grown) break
    }
    return listing
  }

  private create(client: KameleoonClient, listing: Listing, name: string): Promise<Goal> {
    const running = this.creating.get(name)
    if (running) return running
    const creation = this.createOrFind(client, listing, name).finally(() => this.creating.delete(name))
    this.creating.set(name, creation)
    return creation
  }

  /** Whether Kameleoon allows two goals of one name is not documented; if it refuses, the other one is looked for. */
  private async createOrFind(client: KameleoonClient, listing: Listing, name: string): Promise<Goal> {
    try {
      const goal = await this.spend(() => createGoal(client, listing.siteId, name))
      remember(this.listing ?? listing, goal)
      return goal
    } catch (error) {
      if (!(error instanceof ResponseError) || ![400, 409].includes(error.status)) throw error
      const existing = firstOf(await this.read(client, 0), [name])
      if (!existing) throw error
      return existing
    }
  }

  private spend<T>(action: () => Promise<T>): Promise<T> {
    this.budget.spend()
    return action()
  }
}

/** Returns whether the goal's name was new or its entry improved. */
function remember(listing: Listing, goal: Goal): boolean {
  const other = listing.byName.get(goal.name)
  if (other && (other.isActive || !goal.isActive)) return false
  listing.byName.set(goal.name, goal)
  return true
}

function firstOf(listing: Listing, names: readonly string[]): Goal | undefined {
  for (const name of names) {
    const goal = listing.byName.get(name)
    if (goal) return goal
  }
  return undefined
}
