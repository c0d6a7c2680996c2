import type { Subscription } from '../../segment-host'
import { Levels, type DividedEvent, type Entry } from './levels'
import type { OrderMemory } from './order-memory'

/** Most events of a job, and most bytes of their text, unless a single event has more. */
const MOST_EVENTS = 500
const MOST_BYTES = 250_000

/** A job before it is put on the queue. */
export interface Piece {
  partition: number
  sequence: number
  /** Index of the subscription. */
  subscription: number
  /** Jobs of other partitions that must be finished before: the last sequence, by partition. */
  after: Record<string, number>
  events: DividedEvent[]
}

/**
 * Divides a portion of events into jobs by partition and subscription. What has to wait for another event comes in a later
 * job of the same partition, or in one that says so in `after`. Jobs are as large as that order allows. Their events and
 * sequences depend on nothing but the events, the actions and the sequences before.
 * @param sequences the last sequence of each partition; they are counted on
 * @param memory what earlier portions put on the queue; this portion is added to it
 */
export function divide(
  events: readonly DividedEvent[],
  subscriptions: readonly Pick<Subscription, 'partnerAction'>[],
  sequences: number[],
  memory: OrderMemory
): Piece[] {
  const levels = new Levels(subscriptions, sequences.length)
  const entries = events.flatMap((event) => levels.next(event))
  const pieces = inOrder(entries)
    .flatMap(parts)
    .map((part) => pieceOf(part, sequences, memory))
  entries.forEach((entry) => memory.add(entry.identities, entry, entry.partition, entry.sequence))
  return pieces
}

/** Entries of one level, partition and subscription together, in the order of levels. */
function inOrder(entries: readonly Entry[]): Entry[][] {
  const groups = new Map<string, Entry[]>()
  for (const entry of entries) {
    const key = `${entry.level} ${entry.partition} ${entry.subscription}`
    const group = groups.get(key)
    if (group) group.push(entry)
    else groups.set(key, [entry])
  }
  return [...groups.values()].sort(([one], [other]) => one.level - other.level || one.subscription - other.subscription)
}

function parts(entries: readonly Entry[]): Entry[][] {
  const all: Entry[][] = []
  let part: Entry[] = []
  let bytes = 0
  for (const entry of entries) {
    bytes += entry.event.bytes
    if (part.length === 0 || part.length === MOST_EVENTS || bytes > MOST_BYTES) {
      part = []
      all.push(part)
      bytes = entry.event.bytes
    }
    part.push(entry)
  }
  return all
}

function pieceOf(part: Entry[], sequences: number[], memory: OrderMemory): Piece {
  const [{ partition, subscription }] = part
  const sequence = ++sequences[partition]
  const after: Record<string, number> = {}
  const wait = (until: number, other: number): void => void (after[other] = Math.max(after[other] ?? 0, until))
  for (const entry of part) {
    entry.sequence = sequence
    memory.blockersOf(entry.identities, entry, partition).forEach(wait)
    entry.blockers.forEach((blocker) => wait(blocker.sequence, blocker.partition))
  }
  return { partition, sequence, subscription, after, events: part.map(({ event }) => event) }
}
