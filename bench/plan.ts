import type { Case } from './cases'

/** How much one run of the benchmark measures. */
export interface Plan {
  rounds: number
  /** Events of one case in one round, all of them timed. */
  eventsOf: (one: Case) => number
  /** Events before them, not timed: connections, caches and compiled code get warm. */
  warmUpOf: (one: Case) => number
  /** How often our own code is timed in each round, over how many events. */
  ownPasses: number
  ownEvents: number
  /** Events in the files that the command delivers. */
  files: number[]
  isJudged: boolean
}

export const FULL: Plan = {
  rounds: 5,
  eventsOf: (one) => (sendsFewAtATime(one) ? 5_000 : 50_000),
  // From about 10,000 events on, single ones take no less time with more of them.
  warmUpOf: (one) => (sendsFewAtATime(one) ? 10_000 : 20_000),
  ownPasses: 20,
  ownEvents: 10_000,
  files: [10_000, 100_000, 1_000_000],
  isJudged: true
}

/** Everything once and small: shows that the benchmark works, and says nothing about speed. */
export const FAST: Plan = {
  rounds: 1,
  eventsOf: (one) => (sendsFewAtATime(one) ? 200 : 3_000),
  warmUpOf: (one) => (sendsFewAtATime(one) ? 50 : 1_000),
  ownPasses: 2,
  ownEvents: 2_000,
  files: [200, 2_000],
  isJudged: false
}

function sendsFewAtATime({ subject, batchSize = 1 }: Case): boolean {
  return subject !== 'framework' && batchSize === 1
}
