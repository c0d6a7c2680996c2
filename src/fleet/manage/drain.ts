import { setTimeout } from 'timers/promises'
import { UsageError } from '../../segment-host'
import { waitingJobs, type Fleet } from '../fleet'
import type { JobData } from '../jobs/job-data'
import { doneName, runKey } from '../jobs/run-counts'
import { pauseFleet, resumeFleet, stateOf } from './fleet-state'
import { WAITING } from './status'

const PAGE = 50
/** How long workers may take to finish what they have, in milliseconds. */
const LONGEST_MS = 60_000
const POLL_MS = 250

/**
 * Removes all events that wait on the queue, for good; dead letters stay. Workers finish what they have first.
 * @returns jobs that were removed
 * @throws UsageError when workers do not finish in time; nothing was removed then
 */
export async function drain(fleet: Fleet): Promise<number> {
  const before = await stateOf(fleet)
  await pauseFleet(fleet)
  try {
    await untilIdle(fleet)
    const removed = await waitingJobs(fleet)
    await Promise.all(fleet.partitions.map((_, partition) => drainPartition(fleet, partition)))
    await fleet.inbox.queue.drain()
    return removed
  } finally {
    if (before.kind !== 'paused') await resumeFleet(fleet)
  }
}

async function untilIdle({ partitions }: Fleet): Promise<void> {
  const end = performance.now() + LONGEST_MS
  for (;;) {
    const active = await Promise.all(partitions.map(({ queue }) => queue.getActiveCount()))
    if (active.every((count) => count === 0)) return
    if (performance.now() > end) {
      throw new UsageError('Workers still have jobs after a minute, so nothing was removed. Stop them, or try again')
    }
    await setTimeout(POLL_MS)
  }
}

async function drainPartition({ partitions, store }: Fleet, partition: number): Promise<void> {
  const { queue } = partitions[partition]
  const last = new Map<string, number>()
  for (let start = 0; ; start += PAGE) {
    const jobs = await queue.getJobs([...WAITING], start, start + PAGE - 1, true)
    for (const job of jobs) {
      // Only jobs with this data are put on the queue of a partition.
      const { run, sequence } = job.data as JobData
      last.set(run, Math.max(last.get(run) ?? 0, sequence))
    }
    if (jobs.length < PAGE) break
  }
  await queue.drain()
  // Other jobs of these runs must not wait for those that were removed.
  for (const [run, sequence] of last) await store.advance(runKey(run), doneName(partition), sequence, [])
}
