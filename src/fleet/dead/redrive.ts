import { randomUUID } from 'crypto'
import type { Job } from 'bullmq'
import type { SegmentEvent } from '@segment/actions-core'
import type { Subscription } from '../../segment-host'
import { shareSubscriptions, sharedSubscriptions, type Fleet } from '../fleet'
import type { DeadLetter } from '../jobs/job-data'
import { divide } from '../production/division'
import type { DividedEvent } from '../production/levels'
import { OrderMemory } from '../production/order-memory'
import { putPieces } from '../production/put-pieces'
import { readDead, type DeadFilter } from './list-dead'

export interface Redriven {
  /** Id of the run that has the events now. */
  run: string
  /** Events that are on the queue again. */
  events: number
  /** The last sequence of each partition. */
  sequences: number[]
  /** Events that stay dead letters, since no subscription has the name of theirs. */
  left: number
}

/**
 * Puts dead letters on the queue again. A process that ends in between leaves those that it has not put yet; what it put and
 * did not remove is sent twice with the same nonces.
 * @param subscriptions take the place of those of the same name; undefined to use those that the events had
 */
export async function redrive(
  fleet: Fleet,
  filter: DeadFilter = {},
  subscriptions?: readonly Subscription[]
): Promise<Redriven> {
  const run = `redrive-${randomUUID()}`
  const used = new UsedSubscriptions(sharedSubscriptions(fleet), subscriptions)
  const memory = new OrderMemory()
  const result: Redriven = { run, events: 0, sequences: fleet.partitions.map(() => 0), left: 0 }
  await readDead(fleet, filter, async (page) => {
    const again: Job<DeadLetter>[] = []
    const events: DividedEvent[] = []
    for (const job of page) {
      const index = await used.indexFor(job.data)
      if (index === undefined) result.left++
      else events.push(dividedEvent(job.data, index, result.events + again.push(job)))
    }
    const { all } = used
    const hashes = await shareSubscriptions(fleet, all)
    const pieces = divide(events, all, result.sequences, memory)
    await putPieces(fleet, { id: run, names: all.map(({ name }) => name), hashes }, pieces)
    await Promise.all(again.map((job) => job.remove()))
    result.events += again.length
    return again.length
  })
  return result
}

/** The subscriptions through which dead letters are sent again, in the order in which they are first needed. */
class UsedSubscriptions {
  readonly all: Subscription[] = []
  private readonly indexes = new Map<Subscription, number>()

  constructor(
    private readonly former: (hash: string) => Promise<Subscription | null>,
    private readonly mended: readonly Subscription[] | undefined
  ) {}

  /** Undefined when there is none. */
  async indexFor({ mapping, subscription }: DeadLetter): Promise<number | undefined> {
    const found = this.mended ? this.mended.find(({ name }) => name === subscription) : await this.former(mapping)
    if (!found) return undefined
    const index = this.indexes.get(found) ?? this.all.push(found) - 1
    this.indexes.set(found, index)
    return index
  }
}

function dividedEvent({ event: text, from }: DeadLetter, subscription: number, number: number): DividedEvent {
  // Written by `JSON.stringify` of an event.
  const event = JSON.parse(text) as SegmentEvent
  return { event, text, bytes: Buffer.byteLength(text), number, from, matching: [subscription] }
}
