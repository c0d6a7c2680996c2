import { readGoalsNamed } from './automation-api'
import type { Goal } from './automation-api'
import type { AutomationSite } from './automation-site'
import { ResponseError } from './errors'
import { comparable } from './goal-memory'
import type { GoalNames } from './goal-memory'
import type { KameleoonClient } from './http'
import { MAX_FILTER_LENGTH, packed } from './limits'

/** Statuses of a server that does not understand a filter. */
const REJECTED = [400, 422]

/** The answer had goals that were not asked for, so it does not tell which goals there are not. */
class IgnoredFilterError extends Error {
  readonly name = 'IgnoredFilterError'
}

export function isFilterRejected(error: unknown): boolean {
  return error instanceof IgnoredFilterError || (error instanceof ResponseError && REJECTED.includes(error.status))
}

/** Called with goals that Kameleoon listed, and with the names of which they are certainly all goals. */
export type Answered = (names: readonly GoalNames[], goals: readonly Goal[]) => void

/** Asks for goals by their exact names: several names a request or, where Kameleoon does not understand that, one by one. */
export class GoalQuestions {
  private isOneByOne = false

  constructor(private readonly site: AutomationSite) {}

  /** Names, in their order, in parts that fit into one request each. */
  partsOf(wanted: readonly GoalNames[]): GoalNames[][] {
    if (this.isOneByOne) return wanted.map((names) => [names])
    return packed(wanted, [{ most: MAX_FILTER_LENGTH, sizeOf: filterLength }])
  }

  /**
   * Asks for the goals of a part.
   * @throws IgnoredFilterError if the answer has other goals; BudgetError, and what a call throws
   */
  async ask(client: KameleoonClient, part: readonly GoalNames[], share: number, answered: Answered): Promise<void> {
    if (part.some((names) => filterLength(names) > MAX_FILTER_LENGTH)) throw new IgnoredFilterError('too long')
    if (this.isOneByOne) return this.askEach(client, part, share, answered)
    try {
      await this.askTogether(client, part, part.flatMap(spellingsOf), share, answered)
    } catch (error) {
      if (!(error instanceof ResponseError) || !REJECTED.includes(error.status)) throw error
      await this.askEach(client, part, share, answered)
      this.isOneByOne = true
    }
  }

  /** One by one, the best name first; what comes after an active goal is of no interest. */
  private async askEach(
    client: KameleoonClient,
    part: readonly GoalNames[],
    share: number,
    answered: Answered
  ): Promise<void> {
    for (const names of part) {
      let isFound = false
      for (const spelling of spellingsOf(names)) {
        if (isFound) break
        await this.askTogether(client, [names], [spelling], share, (some, goals) => {
          isFound = haveAll(some, goals)
          answered(some, goals)
        })
      }
    }
  }

  /** Where some goals are found and others are not, the answer may go on: pages can be shorter than was asked for. */
  private async askTogether(
    client: KameleoonClient,
    part: readonly GoalNames[],
    spellings: readonly string[],
    share: number,
    answered: Answered
  ): Promise<void> {
    const siteId = await this.site.id(client)
    const asked = new Set(spellings.map(loose))
    const goals = new Map<number, Goal>()
    for (let page = 1, isGrowing = true; isGrowing && !haveAll(part, [...goals.values()]); page++) {
      this.site.budget.spend(share)
      const some = await readGoalsNamed(client, siteId, spellings, page)
      const wanted = some.filter(({ name }) => asked.has(loose(name)))
      isGrowing = wanted.some(({ id }) => !goals.has(id))
      for (const goal of wanted) goals.set(goal.id, goal)
      if (wanted.length < some.length && !haveAll(part, [...goals.values()])) {
        answered([], [...goals.values()])
        throw new IgnoredFilterError(spellings[0])
      }
    }
    answered(part, [...goals.values()])
  }
}

/** A goal may have been named in a system that writes accents apart (NFD). */
function spellingsOf({ existing }: GoalNames): string[] {
  return [...new Set(existing.flatMap((name) => [name, name.normalize('NFD')]))]
}

/** What the spellings take in the address, with quotes and commas. */
function filterLength(names: GoalNames): number {
  return spellingsOf(names).reduce((sum, name) => sum + encodeURIComponent(JSON.stringify(name)).length + 3, 0)
}

function haveAll(part: readonly GoalNames[], goals: readonly Goal[]): boolean {
  const active = new Set(goals.filter(({ state }) => state === 'active').map(({ name }) => comparable(name)))
  return part.every(({ existing }) => existing.some((name) => active.has(name)))
}

/** Databases compare names without regard to capitals and accents, so such a goal is no sign that a filter was ignored. */
function loose(name: string): string {
  return comparable(name).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
