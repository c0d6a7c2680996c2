import type { GoalNames } from './goal-memory'
import { MAX_NEW_GOALS_PER_HOUR } from './limits'

/** Families that are remembered at most. */
const MAX_FAMILIES = 500

/** So many requests an hour may be made for names of large families; what is left is for the names of other events. */
const MAX_REQUESTS_PER_HOUR = 30

const HOUR_MILLISECONDS = 60 * 60 * 1000

/**
 * Names that differ in their numbers alone, such as "Viewed Product 10001" and "Viewed Product 10002". Once many of a family
 * were found to have no goal, a program makes them, and asking for each would take the requests that a whole account has.
 */
export class GoalFamilies {
  /** How many names of a family were found to have no goal, by what they have in common. */
  private readonly sizes = new Map<string, number>()
  private requests: number[] = []

  /** Counts a name that was found to have no goal. */
  count(names: GoalNames): void {
    const family = familyOf(names)
    if (family === undefined) return
    if (this.sizes.size >= MAX_FAMILIES && !this.sizes.has(family)) this.sizes.clear()
    this.sizes.set(family, (this.sizes.get(family) ?? 0) + 1)
  }

  isLarge(names: GoalNames): boolean {
    const family = familyOf(names)
    return family !== undefined && (this.sizes.get(family) ?? 0) >= MAX_NEW_GOALS_PER_HOUR
  }

  /** Takes a request for names of large families. @returns false if there is none left in this hour */
  takeRequest(now = Date.now()): boolean {
    this.requests = this.requests.filter((at) => at > now - HOUR_MILLISECONDS)
    if (this.requests.length >= MAX_REQUESTS_PER_HOUR) return false
    this.requests.push(now)
    return true
  }
}

function familyOf({ created }: GoalNames): string | undefined {
  return /\d/.test(created) ? created.replace(/\d+/g, '#') : undefined
}
