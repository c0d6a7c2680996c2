export type Subject = 'official' | 'ours' | 'framework' | 'sending'

/** One of the ways through which the same events go. */
export interface Case {
  name: string
  label: string
  subject: Subject
  /** Events in a batch; nothing stands for single events. */
  batchSize?: number
  /** Calls of the destination that are under way at a time. */
  inFlight: number
}

const SINGLE = { inFlight: 50 }

/** In the order in which every round runs them. Cases that are compared follow each other. */
export const CASES: Case[] = [
  { name: 'official-single', label: 'Official, single', subject: 'official', ...SINGLE },
  { name: 'ours-single', label: 'This one, single', subject: 'ours', ...SINGLE },
  { name: 'ours-batch-1', label: 'This one, batches of 1', subject: 'ours', batchSize: 1, inFlight: 50 },
  { name: 'ours-batch-10', label: 'This one, batches of 10', subject: 'ours', batchSize: 10, inFlight: 20 },
  { name: 'ours-batch-100', label: 'This one, batches of 100', subject: 'ours', batchSize: 100, inFlight: 4 },
  { name: 'ours-batch-1000', label: 'This one, batches of 1,000', subject: 'ours', batchSize: 1000, inFlight: 2 },
  { name: 'framework-batch-1000', label: 'Framework alone, 1,000', subject: 'framework', batchSize: 1000, inFlight: 2 },
  {
    name: 'sending-batch-1000',
    label: 'Framework and sending, 1,000',
    subject: 'sending',
    batchSize: 1000,
    inFlight: 2
  },
  { name: 'framework-single', label: 'Framework alone, single', subject: 'framework', ...SINGLE }
]

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
  /** Deliveries to a sink: how often, with how many track events, and with how many of a mix at a latency. */
  deliveries: { rounds: number; events: number; mixed: number }
  /** Whether the results are compared with the targets and written to files. */
  hasTargets: boolean
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
  deliveries: { rounds: 3, events: 1_000_000, mixed: 20_000 },
  hasTargets: true
}

/** Everything small: shows that the benchmark works. Its figures mean nothing. */
export const FAST: Plan = {
  sets: 1,
  rounds: 2,
  eventsOf: ({ batchSize = 1 }) => (batchSize < 100 ? 100 : 2_000),
  warmUp: 200,
  ownPasses: 2,
  ownEvents: 2_000,
  files: [200, 2_000],
  deliveries: { rounds: 1, events: 2_000, mixed: 200 },
  hasTargets: false
}
