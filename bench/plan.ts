import type { Case } from './cases'

/** How much one run of the benchmark measures. */
export interface Plan {
  /** How often every case gets a new process. */
  sets: number
  /** Rounds of a set; in each of them every case takes its turn. */
  rounds: number
  /** Events of one case in one round, all of them timed: well under a second of work. */
  eventsOf: (one: Case) => number
  /** Events of a case before the first round, not timed: connections, caches and compiled code get warm. */
  warmUp: number
  /** How often our own code is timed at the end of a set, over how many events. */
  ownPasses: number
  ownEvents: number
  /** Events in the files that the command delivers. */
  files: number[]
  isJudged: boolean
}

export const FULL: Plan = {
  sets: 6,
  rounds: 16,
  eventsOf: ({ subject, batchSize = 1 }) => {
    if (subject !== 'framework' && batchSize === 1) return 500
    return batchSize < 100 ? 4_000 : 10_000
  },
  // From about 10,000 events on, single ones take no less time with more of them.
  warmUp: 10_000,
  ownPasses: 20,
  ownEvents: 10_000,
  files: [10_000, 100_000, 1_000_000],
  isJudged: true
}

/** Everything small, and no more than there and back: shows that the benchmark works, and says nothing about speed. */
export const FAST: Plan = {
  sets: 1,
  rounds: 2,
  eventsOf: ({ batchSize = 1 }) => (batchSize < 100 ? 100 : 2_000),
  warmUp: 200,
  ownPasses: 2,
  ownEvents: 2_000,
  files: [200, 2_000],
  isJudged: false
}
