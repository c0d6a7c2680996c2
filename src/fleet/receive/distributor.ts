import type { SegmentEvent } from '@segment/actions-core'
import { setTimeout as wait } from 'timers/promises'
import type { InboxJob, InboxQueue } from './inbox-queue'
import type { Lease } from './lease'

/**
 * Puts events on the partitions, in this order; resolves when all of them are there. It may get the same events again after
 * a process has ended in between.
 * @param signal the process is to stop: a wait for room on the partitions may end, by rejecting
 */
export type Divide = (events: SegmentEvent[], signal: AbortSignal) => Promise<void>

/** Follows a distributor. */
export interface DistributorWatch {
  divided(events: number): void
  failed(what: string, error: unknown): void
}

export interface DistributorOptions {
  queue: Pick<InboxQueue, 'jobs' | 'remove'>
  lease: Lease
  divide: Divide
  watch: DistributorWatch
  /** Most events for one call of `divide`, exceeded by at most one job. Default: 5,000. */
  mostEvents?: number
  /** How long events gather, or another process is left to work, in milliseconds. Default: one second. */
  intervalMs?: number
}

/** Jobs that are read at once; one may have 250 kB. */
const PAGE = 20

/**
 * Moves events from the inbox to the partitions. Only the process that has the lease does so, since the order of events would
 * be lost if several did. Jobs leave the inbox after their events are on the partitions: a crash in between repeats them,
 * with the same messageIds and so the same nonces, and Kameleoon drops what it has already.
 */
export class Distributor {
  private readonly unreadable = new Set<string>()

  constructor(private readonly options: DistributorOptions) {}

  /** Works until the signal, and then frees the lease. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { intervalMs = 1_000, lease, watch } = this.options
    while (!signal.aborted) {
      const isMoreThere = await this.round(signal).catch((error: unknown) => {
        if (!signal.aborted) watch.failed('Events could not be moved from the inbox to the partitions', error)
        return false
      })
      if (!isMoreThere) await wait(intervalMs, undefined, { signal }).catch(() => undefined)
    }
    await lease.release().catch((error: unknown) => watch.failed('The lease of the inbox could not be freed', error))
  }

  /** Moves the events at the head of the inbox. @returns whether it is worth looking again at once */
  async round(signal: AbortSignal): Promise<boolean> {
    const { queue, lease, divide, watch, mostEvents = 5_000 } = this.options
    if (!(await lease.take())) return false
    const { jobs, events } = await lease.during(this.head(mostEvents))
    if (jobs.length === 0) return false
    await lease.during(divide(events, signal))
    await lease.during(queue.remove(jobs))
    watch.divided(events.length)
    return events.length >= mostEvents
  }

  private async head(mostEvents: number): Promise<{ jobs: string[]; events: SegmentEvent[] }> {
    const jobs: string[] = []
    const events: SegmentEvent[] = []
    for (let start = 0; events.length < mostEvents; start += PAGE) {
      const page = await this.options.queue.jobs(start, PAGE)
      for (const job of page) {
        if (events.length >= mostEvents || !this.isReadable(job)) continue
        jobs.push(job.id)
        events.push(...job.events)
      }
      if (page.length < PAGE) break
    }
    return { jobs, events }
  }

  /** What cannot be read stays in the inbox, for a human, and does not hold up the others. */
  private isReadable(job: InboxJob): job is InboxJob & { events: SegmentEvent[] } {
    if (job.events !== null) return true
    if (!this.unreadable.has(job.id)) {
      this.unreadable.add(job.id)
      this.options.watch.failed(`Job ${job.id} of the inbox is passed over`, new Error('It holds no list of events'))
    }
    return false
  }
}
