import type { KameleoonClient } from './http'
import { BudgetError, ResponseError, UnreadableReplyError } from './errors'
import { createGoal, findSiteId, readGoals, readGoalsNamed, RequestBudget } from './automation-api'
import type { Goal } from './automation-api'
import { AUTOMATION_MAX_PAGES } from './limits'

/** A goal list is used this long, also for names that it does not have. */
const LIFETIME_MILLISECONDS = 10 * 60 * 1000

/** Before a goal is created, the list must be at most this old: another process may have created the goal meanwhile. */
const FRESH_MILLISECONDS = 10 * 1000

/** A list with more pages is not read again for one new name. */
const MANY_PAGES = 5

/** The goals of a project that have been read so far. */
interface Listing {
  siteId: number
  byName: Map<string, Goal>
  /** When reading began, in milliseconds since 1970. */
  readAt: number
  nextPage: number
}

/** Names under which a goal may exist, best first, and the name it is created with. */
export interface GoalNames {
  existing: readonly string[]
  created: string
}

/**
 * The goals of one project, read once through the Automation API and shared by all callers: concurrent calls wait for
 * the same reading and for the same creation. After a failure, reading continues where it stopped.
 */
export class GoalDirectory {
  private listing?: Listing
  private unfinished?: Listing
  private reading?: Promise<Listing>
  private readonly creating = new Map<string, Promise<Goal>>()
  /** Goals created here, with the time: a reading that began earlier may not have them. */
  private readonly created = new Map<string, { goal: Goal; at: number }>()
  private readonly budget = new RequestBudget()

  /** How many goals are remembered. */
  get size(): number {
    return (this.listing?.byName.size ?? 0) + (this.unfinished?.byName.size ?? 0)
  }

  /** Forgets the goals, when the memory is needed for others; they are read anew when they are wanted again. */
  forget(): void {
    this.listing = undefined
    this.unfinished = undefined
  }

  /** The goal that `find` would return, if that needs no request. */
  known({ existing }: GoalNames): Goal | undefined {
    const { listing } = this
    return listing && isFresh(listing, LIFETIME_MILLISECONDS) ? bestOf(listing, existing) : undefined
  }

  /**
   * The goal with the first of these names that exists; an inactive one only if no active one has any of them.
   * @throws ResponseError, UnreachableError, UnreadableReplyError, BudgetError, CredentialsError, UnknownSiteError
   */
  async find(client: KameleoonClient, { existing }: GoalNames): Promise<Goal | undefined> {
    return bestOf(await this.read(client, LIFETIME_MILLISECONDS), existing)
  }

  /** As `find`, but creates the goal if none exists. */
  async findOrCreate(client: KameleoonClient, names: GoalNames): Promise<Goal> {
    const known = await this.find(client, names)
    if (known) return known
    const fresh = await this.lookAgain(client, names.existing)
    return bestOf(fresh, names.existing) ?? this.create(client, fresh.siteId, names.created)
  }

  /** A fresh reading of a long list would take too many requests, so only the names in question are asked for. */
  private async lookAgain(client: KameleoonClient, names: readonly string[]): Promise<Listing> {
    const listing = await this.read(client, LIFETIME_MILLISECONDS)
    if (listing.nextPage <= MANY_PAGES) return this.read(client, FRESH_MILLISECONDS)
    for (const name of names) {
      const goals = await this.spend(() => readGoalsNamed(client, listing.siteId, name))
      for (const goal of goals) remember(listing, goal)
    }
    return listing
  }

  private async read(client: KameleoonClient, maxAge: number): Promise<Listing> {
    const { listing } = this
    if (listing && isFresh(listing, maxAge)) return listing
    this.reading ??= this.readAll(client, maxAge).finally(() => (this.reading = undefined))
    return this.reading
  }

  private async readAll(client: KameleoonClient, maxAge: number): Promise<Listing> {
    const listing = this.resumable(maxAge) ?? (this.unfinished = await this.begin(client))
    for (let isLast = false; !isLast; listing.nextPage++) {
      if (listing.nextPage > AUTOMATION_MAX_PAGES) throw new UnreadableReplyError('GET /goals', 'last page')
      const page = await this.spend(() => readGoals(client, listing.siteId, listing.nextPage))
      const isGrowing = page.goals.map((goal) => remember(listing, goal)).includes(true)
      isLast = page.isLast || !isGrowing
    }
    this.unfinished = undefined
    for (const { goal, at } of this.created.values()) if (at >= listing.readAt) remember(listing, goal)
    return (this.listing = listing)
  }

  /** What was read before a failure, unless it is too old. */
  private resumable(maxAge: number): Listing | undefined {
    const { unfinished } = this
    return unfinished && isFresh(unfinished, maxAge) ? unfinished : undefined
  }

  private async begin(client: KameleoonClient): Promise<Listing> {
    const readAt = Date.now()
    const siteId = this.listing?.siteId ?? (await this.spend(() => findSiteId(client)))
    return { siteId, byName: new Map(), readAt, nextPage: 1 }
  }

  private create(client: KameleoonClient, siteId: number, name: string): Promise<Goal> {
    const running = this.creating.get(name)
    if (running) return running
    const creation = this.createOrFind(client, siteId, name).finally(() => this.creating.delete(name))
    this.creating.set(name, creation)
    return creation
  }

  /** Whether Kameleoon allows two goals of one name is not documented. If it rejects the second, the first is looked for. */
  private async createOrFind(client: KameleoonClient, siteId: number, name: string): Promise<Goal> {
    try {
      const goal = await this.spend(() => createGoal(client, siteId, name))
      this.keepCreated(goal)
      return goal
    } catch (error) {
      if (!(error instanceof BudgetError)) this.doubt()
      if (!(error instanceof ResponseError) || ![400, 409].includes(error.status)) throw error
      const existing = bestOf(await this.read(client, 0), [name])
      if (!existing) throw error
      return existing
    }
  }

  /** If the answer was lost, the goal may exist all the same, so the list is read again before the next creation. */
  private doubt(): void {
    if (this.listing) this.listing.readAt -= FRESH_MILLISECONDS
  }

  private keepCreated(goal: Goal): void {
    const at = Date.now()
    for (const [name, other] of this.created) if (at - other.at > LIFETIME_MILLISECONDS) this.created.delete(name)
    this.created.set(goal.name, { goal, at })
    if (this.listing) remember(this.listing, goal)
  }

  private spend<T>(action: () => Promise<T>): Promise<T> {
    this.budget.spend()
    return action()
  }
}

function isFresh({ readAt }: Listing, maxAge: number): boolean {
  return Date.now() - readAt < maxAge
}

/** Returns true if the name of the goal was new, or if an active goal replaced an inactive one. */
function remember({ byName }: Listing, goal: Goal): boolean {
  const other = byName.get(goal.name)
  if (other && (other.isActive || !goal.isActive)) return false
  byName.set(goal.name, goal)
  return true
}

function bestOf({ byName }: Listing, names: readonly string[]): Goal | undefined {
  let best: Goal | undefined
  for (const name of names) {
    const goal = byName.get(name)
    if (goal?.isActive) return goal
    best ??= goal
  }
  return best
}
