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
  const sequences = fleet.partitions.map(() => 0)
  const memory = new OrderMemory()
  const shared = sharedSubscriptions(fleet)
  const used = new Map<string, { index: number; subscription: Subscription }>()
  const result: Redriven = { run, events: 0, sequences, left: 0 }

  const subscriptionOf = async ({ mapping, subscription }: DeadLetter): Promise<number | undefined> => {
    const found = subscriptions
      ? subscriptions.find(({ name }) => name === subscription)
      : ((await shared(mapping)) ?? undefined)
    if (!found) return undefined
    const key = subscriptions ? found.name : mapping
    const known = used.get(key) ?? { index: used.size, subscription: found }
    used.set(key, known)
    return known.index
  }

  await readDead(fleet, filter, async (page) => {
    const again: Job<DeadLetter>[] = []
    const events: DividedEvent[] = []
    for (const job of page) {
      const index = await subscriptionOf(job.data)
      if (index === undefined) result.left++
      else {
        again.push(job)
        events.push(dividedEvent(job.data, index, result.events + events.length))
      }
    }
    const all = [...used.values()].map(({ subscription }) => subscription)
    const hashes = await shareSubscriptions(fleet, all)
    await putPieces(
      fleet,
      { id: run, names: all.map(({ name }) => name), hashes },
      divide(events, all, sequences, memory)
    )
    await Promise.all(again.map((job) => job.remove()))
    result.events += again.length
    return again.length
  })
  return result
}

function dividedEvent({ event: text, from }: DeadLetter, subscription: number, number: number): DividedEvent {
  // Written by `JSON.stringify` of an event.
  const event = JSON.parse(text) as SegmentEvent
  return { event, text, bytes: Buffer.byteLength(text), number, from, matching: [subscription] }
}
