import { GOAL_STATES } from './automation-api'
import type { Goal } from './automation-api'
import { MAX_NEW_GOALS_PER_HOUR } from './limits'

/** Goals are known this long before they are looked at again, names without a goal too. */
export const GOAL_MILLISECONDS = 10 * 60 * 1000

/** Names without a goal that are remembered at most; dynamic names would take memory without end. */
const MAX_ABSENT = 5000

/** Names under which a goal may exist, best first, and the name it is created with. */
export interface GoalNames {
  existing: readonly string[]
  created: string
}

/** Spaces and characters of no width at the ends, as copied text has them. `trim` leaves those of no width. */
const ENDS = /^[\s\u00ad\u180e\u200b-\u200f\u2060\ufeff]+|[\s\u00ad\u180e\u200b-\u200f\u2060\ufeff]+$/g

/** Text that is the same in both forms, and has nothing to trim. Most names are such. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/

/** A name as names are compared: without spaces at the ends, and with accents composed (NFC). */
export function comparable(name: string): string {
  return PLAIN.test(name) ? name : name.replace(ENDS, '').normalize('NFC')
}

interface Remembered {
  goal: Goal
  /** When Kameleoon last listed it, in milliseconds since 1970. */
  seenAt: number
}

/** What is known of the goals of a project. A goal stays known until Kameleoon shows another in its place. */
export class GoalMemory {
  private readonly goals = new Map<string, Remembered>()
  /** When names were found to have no goal, by the name that one is created with. The oldest is first. */
  private readonly absent = new Map<string, { at: number; isAsked: boolean }>()

  get size(): number {
    return this.goals.size + this.absent.size
  }

  clear(): void {
    this.goals.clear()
    this.absent.clear()
  }

  /** The best goal with one of these names: by what may be done with it, then by the order of the names. */
  find({ existing }: GoalNames): Goal | undefined {
    let best: Goal | undefined
    for (const name of existing) {
      const goal = this.goals.get(comparable(name))?.goal
      if (goal && (!best || rank(goal) < rank(best))) best = goal
    }
    return best
  }

  /** When the goal of these names was last seen, in milliseconds since 1970; 0 if never. */
  seenAt({ name }: Goal): number {
    return this.goals.get(comparable(name))?.seenAt ?? 0
  }

  /** Whether these names were found to have no goal within so many milliseconds. @param isAsked by asking for them */
  isAbsent({ created }: GoalNames, maxAge: number, isAsked = false): boolean {
    const absent = this.absent.get(created)
    return absent !== undefined && Date.now() - absent.at < maxAge && (absent.isAsked || !isAsked)
  }

  rememberAbsent({ created }: GoalNames, isAsked: boolean): void {
    this.absent.delete(created)
    this.absent.set(created, { at: Date.now(), isAsked })
    for (const [name, { at }] of this.absent) {
      if (this.absent.size <= MAX_ABSENT && Date.now() - at < GOAL_MILLISECONDS) return
      this.absent.delete(name)
    }
  }

  forgetAbsent({ created }: GoalNames): void {
    this.absent.delete(created)
  }

  forget({ name }: Goal): void {
    this.goals.delete(comparable(name))
  }

  /** Remembers a goal of a list. Of two goals with one name the better stays, or that which was known before. */
  remember(goal: Goal): void {
    const name = comparable(goal.name)
    const other = this.goals.get(name)?.goal
    if (!other || other.id === goal.id || rank(goal) < rank(other)) this.goals.set(name, { goal, seenAt: Date.now() })
  }

  /** Remembers all goals that have one of these names. One that was known and is not among them exists no more. */
  rememberAll(goals: readonly Goal[]): void {
    const found = new Map<string, Goal[]>()
    for (const goal of goals) {
      const name = comparable(goal.name)
      found.set(name, [...(found.get(name) ?? []), goal])
    }
    for (const [name, others] of found) {
      const known = this.goals.get(name)?.goal
      if (known && !others.some(({ id }) => id === known.id)) this.goals.delete(name)
      for (const goal of others) this.remember(goal)
    }
  }
}

function rank({ state }: Goal): number {
  return GOAL_STATES.indexOf(state)
}

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
