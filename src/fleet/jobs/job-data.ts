import { createHash } from 'crypto'
import type { SegmentEvent } from '@segment/actions-core'
import type { Subscription } from '../../segment-host'
import type { Counts } from '../backend/shared-store'

/** What a job holds: events of one partition for one subscription. Neither credentials nor tokens are in it. */
export interface JobData {
  /** Id of the run that put it on the queue. */
  run: string
  /** Its place among the jobs of its run in its partition, from 1. They are worked on in this order. */
  sequence: number
  /** Jobs of the same run in other partitions that must be finished before: the last sequence, by partition. */
  after: Record<string, number>
  /** Index of the subscription in its run. */
  subscription: number
  /** Hash of the subscription; see `hashOf`. */
  mapping: string
  /** JSON text of an array of events. As text, since PostgreSQL does not take every character in JSON. */
  events: string
  /** Where each event comes from, such as `orders.ndjson:12`. */
  from: string[]
  /** The place of each event in the whole job, once others of it are settled. */
  places?: number[]
  /** Outcomes of events that are settled already, while others have to be sent again. */
  settled?: Counts
  /** How often all attempts for an event failed while Kameleoon took others. */
  failedRounds?: number
}

/** An event that could not be delivered for good. */
export interface DeadLetter {
  run: string
  /** Name of the subscription. */
  subscription: string
  /** Index of the subscription in its run. */
  index: number
  mapping: string
  /** JSON text. */
  event: string
  from: string
  status: number
  reason: string
  /** When it was rejected, in milliseconds since 1970. */
  at: number
}

/** A producer that starts again makes the same ids, and the queue takes each of them once. */
export function jobId(run: string, partition: number, sequence: number): string {
  return `${run}-${partition}-${sequence}`
}

/** The same subscription has the same hash, in whatever process. */
export function hashOf({ name, partnerAction, subscribe, mapping }: Subscription): string {
  return createHash('sha256')
    .update(JSON.stringify([name, partnerAction, subscribe, mapping]))
    .digest('hex')
    .slice(0, 32)
}

/** The partition of a person; of nobody, a partition that changes with the number of the event. */
export function partitionOf(person: string | null, number: number, partitions: number): number {
  if (person === null) return number % partitions
  return createHash('md5').update(person).digest().readUInt32BE(0) % partitions
}

/** @throws SyntaxError when the text is damaged */
export function eventsOf({ events }: Pick<JobData, 'events'>): SegmentEvent[] {
  // Written by `JSON.stringify` of such an array.
  return JSON.parse(events) as SegmentEvent[]
}
