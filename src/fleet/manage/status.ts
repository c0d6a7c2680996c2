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

async function sum(numbers: readonly Promise<number>[]): Promise<number> {
  return (await Promise.all(numbers)).reduce((all, one) => all + one, 0)
}

async function oldestSeconds(partitions: readonly FleetQueue[]): Promise<number | null> {
  const first = await Promise.all(partitions.map(({ queue }) => queue.getJobs([...WAITING], 0, 0, true)))
  const times = first.flat().flatMap((job: Job | undefined) => (job ? [job.timestamp] : []))
  return times.length === 0 ? null : Math.max(0, Date.now() - Math.min(...times)) / 1000
}
