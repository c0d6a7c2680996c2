import { joined } from './abort'
import { createGoal } from './automation-api'
import type { Goal } from './automation-api'
import { AutomationSite } from './automation-site'
import { BudgetError, ResponseError } from './errors'
import { GoalListing } from './goal-listing'
import { GOAL_MILLISECONDS, GoalFamilies, GoalMemory } from './goal-memory'
import type { GoalNames } from './goal-memory'
import { GoalQuestions, isFilterRejected } from './goal-questions'
import type { KameleoonClient } from './http'
import { AUTOMATION_FEW_PAGES, MAX_NEW_GOALS_PER_HOUR } from './limits'

/** Before a goal is created, its names must have been asked for so recently: another process may have created it meanwhile. */
const FRESH_MILLISECONDS = 10 * 1000

/** After a goal could not be looked at again, the next try waits so long. */
const RETRY_MILLISECONDS = 60 * 1000

const HOUR_MILLISECONDS = 60 * 60 * 1000

/** Names of goals in use that are looked at again; the others are used as they are known. */
const MAX_USED = 500

/** Up to which share of the request budget names are asked for where the list of all goals can tell as much. */
const HALF = 0.5
/**
 * Up to which share many names may be asked for, names be asked for again before their goals are created, and goals be
 * created. The rest is for the first names of a batch. Each share leaves room for the next, so that questions alone do not
 * keep goals from being created.
 */
const MANY = 0.5
const BEFORE_CREATION = 0.65
const CREATION = 0.8

/**
 * The goals of one project, found by name through the Automation API and shared by all callers.
 *
 * Names are asked for by exact name, several names a request: a project may have 20,000 goals, of which a process needs a
 * handful, and a whole fleet of processes shares 1,000 requests an hour. A goal that was found is used for as long as the
 * process lives. After ten minutes it is looked at again, by one request in ten minutes for all goals in use; if that fails,
 * or does not show it, it is used on.
 */
export class GoalDirectory {
  private readonly memory = new GoalMemory()
  private readonly families = new GoalFamilies()
  private readonly questions: GoalQuestions
  private readonly listing: GoalListing
  /** Names that are being asked for, by the name to create. */
  private readonly asking = new Map<string, Promise<void>>()
  private readonly creating = new Map<string, Promise<Goal>>()
  /** Names that may be created, with the time since when, the oldest first. */
  private readonly granted = new Map<string, number>()
  /** Names whose goals were wanted, by the name to create; the one that was not wanted for longest is first. */
  private readonly used = new Map<string, GoalNames>()
  /** When names were last tried to be created, as steps of `step`: an answer to a question before that is out of date. */
  private readonly tried = new Map<string, number>()
  private step = 0
  private isRefreshing = false
  private nextRefreshAt = 0

  constructor(private readonly site = new AutomationSite()) {
    this.questions = new GoalQuestions(site)
    this.listing = new GoalListing(site, (goal) => this.memory.remember(goal))
  }

  /** How many goals and names without a goal are remembered. */
  get size(): number {
    return this.memory.size
  }

  /** Forgets the goals, when the memory is needed for others; they are read anew when they are wanted again. */
  forget(): void {
    this.memory.clear()
    this.used.clear()
    this.listing.reset()
  }

  /** The best goal with one of these names that is known; it may be one that cannot be converted. */
  find(names: GoalNames): Goal | undefined {
    const goal = this.memory.find(names)
    if (goal) this.use(names)
    return goal
  }

  /** Whether Kameleoon has to be asked for these names. @param mayCreate whether a goal is created if there is none */
  isUnsure(names: GoalNames, mayCreate: boolean): boolean {
    const goal = this.memory.find(names)
    if (goal) return !isConvertible(goal) && Date.now() - this.memory.seenAt(goal) >= GOAL_MILLISECONDS
    return mayCreate && this.hasGrant(names)
      ? !this.memory.isAbsent(names, FRESH_MILLISECONDS, true)
      : !this.memory.isAbsent(names, GOAL_MILLISECONDS)
  }

  /**
   * Asks for names. What is found out is remembered.
   * @returns why it could not be found out, by the name to create
   */
  async learn(client: KameleoonClient, wanted: readonly GoalNames[]): Promise<Map<string, unknown>> {
    const failures = new Map<string, unknown>()
    const distinct = [...new Map(wanted.map((names) => [names.created, names])).values()]
    this.beginAll(
      client,
      distinct.filter(({ created }) => !this.asking.has(created))
    )
    const learning = distinct.map(async (names) => {
      try {
        await joined(() => this.learned(client, names), client.signal)
      } catch (error) {
        failures.set(names.created, error)
      }
    })
    await Promise.all(learning)
    return failures
  }

  /**
   * Looks again at goals in use that were seen more than ten minutes ago, by one request. Callers need not heed whether it
   * succeeds: what is known is used on. It is not done beside the delivery, since a host may stop the process after it.
   */
  async refresh(client: KameleoonClient): Promise<void> {
    const now = Date.now()
    if (this.isRefreshing || now < this.nextRefreshAt) return
    const part = this.longestUnseen(now)
    if (part.length === 0) return
    this.isRefreshing = true
    this.nextRefreshAt = now + RETRY_MILLISECONDS
    try {
      await this.questions.ask(client, part, 1, (_names, goals) => this.memory.rememberAll(goals))
      this.nextRefreshAt = now + GOAL_MILLISECONDS
    } catch {
      // Whatever it is, what is known is used on.
    } finally {
      this.isRefreshing = false
    }
  }

  /**
   * Creates a goal for names that have none. Concurrent callers share a creation.
   * @returns undefined if no more goals may be created within the hour
   * @throws BudgetError, and what a call throws
   */
  async create(client: KameleoonClient, names: GoalNames): Promise<Goal | undefined> {
    if (!this.hasGrant(names)) return undefined
    if (!this.granted.has(names.created)) this.granted.set(names.created, Date.now())
    const creation =
      this.creating.get(names.created) ??
      this.createOrFind(client, names).finally(() => this.creating.delete(names.created))
    this.creating.set(names.created, creation)
    return creation
  }

  private beginAll(client: KameleoonClient, wanted: readonly GoalNames[]): void {
    const usual = wanted.filter((names) => !this.families.isLarge(names))
    const parts = this.questions.partsOf(usual)
    parts.forEach((part, index) => void this.begin(client, part, index === 0 ? 1 : MANY))
    for (const part of this.questions.partsOf(wanted.filter((names) => this.families.isLarge(names)))) {
      if (this.families.takeRequest()) void this.begin(client, part, MANY)
      else for (const names of part) this.memory.rememberAbsent(names, false)
    }
  }

  /** Waits until names were asked for; another host may have ended its delivery meanwhile, and with it what it asked. */
  private async learned(client: KameleoonClient, names: GoalNames): Promise<void> {
    if (this.memory.isAbsent(names, GOAL_MILLISECONDS) && !this.asking.has(names.created)) return
    return this.asking.get(names.created) ?? this.begin(client, [names], 1)
  }

  private begin(client: KameleoonClient, part: readonly GoalNames[], share: number): Promise<void> {
    const asking = this.settle(client, part, share).finally(() => {
      for (const { created } of part) this.asking.delete(created)
    })
    // Those who wait for it get its error; where the host ends the delivery at once, no one waits.
    asking.catch(() => undefined)
    for (const { created } of part) this.asking.set(created, asking)
    return asking
  }

  /** Finds out which goals names have: by asking for them, and by the list where that may show more. */
  private async settle(client: KameleoonClient, part: readonly GoalNames[], share: number): Promise<void> {
    const began = ++this.step
    const isAsked = await this.ask(client, part, share)
    const missing = () => part.filter((names) => !this.memory.find(names))
    if (missing().length > 0) await this.listing.read(client, AUTOMATION_FEW_PAGES)
    for (const names of missing()) {
      if ((this.tried.get(names.created) ?? 0) > began) continue
      this.memory.rememberAbsent(names, isAsked)
      this.families.count(names)
    }
  }

  /** @returns false if the names were not asked for, since the list of all goals tells as much */
  private async ask(client: KameleoonClient, part: readonly GoalNames[], share: number): Promise<boolean> {
    try {
      await this.askExactly(client, part, HALF)
    } catch (error) {
      if (!(error instanceof BudgetError)) throw error
      if (await this.hasWholeList(client)) return false
      await this.askExactly(client, part, share)
    }
    return true
  }

  private async askExactly(client: KameleoonClient, part: readonly GoalNames[], share: number): Promise<void> {
    try {
      await this.questions.ask(client, part, share, (names, goals) => this.answered(names, goals))
    } catch (error) {
      if (!isFilterRejected(error)) throw error
      await this.listing.read(client, Infinity, FRESH_MILLISECONDS)
    }
  }

  private async hasWholeList(client: KameleoonClient): Promise<boolean> {
    try {
      await this.listing.read(client, AUTOMATION_FEW_PAGES)
    } catch (error) {
      if (!(error instanceof BudgetError)) throw error
    }
    return this.listing.isComplete
  }

  /** A goal that could not be converted anyway is forgotten if it does not exist any more. */
  private answered(names: readonly GoalNames[], goals: readonly Goal[]): void {
    for (const one of names) {
      const known = this.memory.find(one)
      if (known && !isConvertible(known) && !goals.some(({ id }) => id === known.id)) this.memory.forget(known)
    }
    this.memory.rememberAll(goals)
  }

  private use(names: GoalNames): void {
    this.used.delete(names.created)
    this.used.set(names.created, names)
    if (this.used.size <= MAX_USED) return
    for (const name of this.used.keys()) return void this.used.delete(name)
  }

  private longestUnseen(now: number): GoalNames[] {
    const seen = [...this.used.values()].flatMap((names) => {
      const goal = this.memory.find(names)
      return goal ? [{ names, goal, at: this.memory.seenAt(goal) }] : []
    })
    seen.sort((one, other) => one.at - other.at)
    if (seen.length === 0 || now - seen[0].at < GOAL_MILLISECONDS) return []
    const [part] = this.questions.partsOf(seen.map(({ names }) => names))
    // Where each name takes a request, only that which the goal has is asked for.
    return part.length > 1 ? part : [{ existing: [seen[0].goal.name], created: part[0].created }]
  }

  private hasGrant({ created }: GoalNames): boolean {
    for (const [name, at] of this.granted) {
      if (Date.now() - at < HOUR_MILLISECONDS) break
      this.granted.delete(name)
      this.tried.delete(name)
    }
    return this.granted.has(created) || this.granted.size < MAX_NEW_GOALS_PER_HOUR
  }

  private async createOrFind(client: KameleoonClient, names: GoalNames): Promise<Goal> {
    if (!this.memory.isAbsent(names, FRESH_MILLISECONDS, true)) {
      const found = await this.askAgain(client, names, BEFORE_CREATION)
      if (found) return found
    }
    const siteId = await this.site.id(client)
    this.site.budget.spend(CREATION)
    // If the answer is lost, the goal may exist all the same, so the names are asked for again before the next try.
    this.tried.set(names.created, ++this.step)
    this.memory.forgetAbsent(names)
    try {
      const goal = await createGoal(client, siteId, names.created)
      this.memory.remember(goal)
      return goal
    } catch (error) {
      // Whether Kameleoon allows two goals of one name is not documented. If it rejects the second, the first is looked for.
      if (!(error instanceof ResponseError) || ![400, 409].includes(error.status)) throw error
      const found = await this.askAgain(client, names, CREATION)
      if (!found) throw error
      return found
    } finally {
      this.tried.set(names.created, ++this.step)
    }
  }

  private async askAgain(client: KameleoonClient, names: GoalNames, share: number): Promise<Goal | undefined> {
    await this.askExactly(client, [names], share)
    return this.memory.find(names)
  }
}

export function isConvertible({ state }: Goal): boolean {
  return state === 'active' || state === 'inactive'
}
