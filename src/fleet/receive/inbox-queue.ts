import { randomUUID } from 'crypto'
import type { SegmentEvent } from '@segment/actions-core'
import { isRecord, parsedJson } from '../../segment-host'
import type { FleetQueue } from '../backend/backend'

/** What a job of the inbox holds. */
export interface InboxData {
  /** JSON text of an array: PostgreSQL's jsonb would reject some characters that events may contain. */
  events: string
}

/** A job of the inbox; `events` is null when it holds something else. */
export interface InboxJob {
  id: string
  events: SegmentEvent[] | null
}

/** The inbox, as far as it is used here. */
export interface InboxQueue {
  add(data: InboxData): Promise<void>
  /** Jobs in the order in which they were added, from this place on; they stay in the queue. */
  jobs(start: number, count: number): Promise<InboxJob[]>
  remove(ids: readonly string[]): Promise<void>
  /** How many jobs wait. */
  size(): Promise<number>
}

/**
 * Jobs have a priority, all the same one: on PostgreSQL, BullMQ reads pages of jobs without a priority from the end. On Redis
 * it also removes jobs with a priority without searching a list for them.
 */
const KIND = 'prioritized'

/**
 * The inbox on a queue of the fleet. Jobs are read without being taken, which needs no lock for each, keeps their order when
 * a process ends in between, and lets one process have many of them.
 */
export function inboxQueue({ queue }: Pick<FleetQueue, 'queue'>): InboxQueue {
  return {
    add: async (data) => void (await queue.add('events', data, { jobId: randomUUID(), priority: 1 })),
    jobs: async (start, count) => {
      const jobs = await queue.getJobs([KIND], start, start + count - 1, true)
      return jobs.map(({ id, data }) => ({ id: String(id), events: eventsIn(data) }))
    },
    remove: async (ids) => void (await Promise.all(ids.map((id) => queue.remove(id)))),
    size: () => queue.getJobCountByTypes(KIND)
  }
}

function eventsIn(data: unknown): SegmentEvent[] | null {
  const events = isRecord(data) && typeof data.events === 'string' ? parsedJson(data.events) : undefined
  // They were checked when they were received.
  return Array.isArray(events) ? (events as SegmentEvent[]) : null
}
