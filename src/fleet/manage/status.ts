import type { Job } from 'bullmq'
import type { FleetQueue } from '../backend/backend'
import type { Counts } from '../backend/shared-store'
import { waitingJobs, type Fleet } from '../fleet'
import { stateOf, type FleetState } from './fleet-state'

/** Kinds of jobs that wait: on PostgreSQL they have priorities. */
export const WAITING = ['waiting', 'prioritized'] as const

/** What a fleet is doing. */
export interface FleetStatus {
  state: FleetState
  partitions: number
  /** Jobs that wait, and jobs that workers have. */
  waiting: number
  active: number
  /** Calls to `receive` whose events are not divided yet. */
  inbox: number
  /** Events that were rejected for good. */
  dead: number
  /** How long the job has waited that was put on the queue first; null when none waits. */
  oldestSeconds: number | null
  /** Since the queue was created: delivered, filtered, rejected, requests, rateLimited. */
  totals: Counts
}

export async function statusOf(fleet: Fleet): Promise<FleetStatus> {
  const [state, waiting, active, inbox, dead, oldest, totals] = await Promise.all([
    stateOf(fleet),
    waitingJobs(fleet),
    sum(fleet.partitions.map(({ queue }) => queue.getActiveCount())),
    fleet.inbox.queue.getJobCountByTypes(...WAITING, 'active'),
    fleet.dead.queue.getJobCountByTypes(...WAITING),
    oldestSeconds(fleet.partitions),
    fleet.store.counts('totals')
  ])
  return { state, partitions: fleet.partitions.length, waiting, active, inbox, dead, oldestSeconds: oldest, totals }
}

/** How long the database may take to show that it is there, in milliseconds. */
const REACH_MS = 2_000

/** Whether the database of the queue answers now. */
export async function isReachable({ store }: Pick<Fleet, 'store'>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  // While Redis is away, a call waits until it is back.
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), REACH_MS)))
  const asked = store.get('partitions').then(
    () => true,
    () => false
  )
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}

async function sum(numbers: readonly Promise<number>[]): Promise<number> {
  return (await Promise.all(numbers)).reduce((all, one) => all + one, 0)
}

async function oldestSeconds(partitions: readonly FleetQueue[]): Promise<number | null> {
  // Redis and PostgreSQL list waiting jobs from different ends.
  const ends = partitions.flatMap(({ queue }) =>
    [true, false].map((ascending) => queue.getJobs([...WAITING], 0, 0, ascending))
  )
  const times = (await Promise.all(ends)).flat().flatMap((job: Job | undefined) => (job ? [job.timestamp] : []))
  return times.length === 0 ? null : Math.max(0, Date.now() - Math.min(...times)) / 1000
}
