import type { SegmentEvent } from '@segment/actions-core'
import { identitiesOf, personOf, storedDataUse, type Subscription } from '../../segment-host'
import type { StoredDataUse } from '../../segment-host'
import { partitionOf } from '../jobs/job-data'

/** An event to divide, with the subscriptions it matches. */
export interface DividedEvent {
  event: SegmentEvent
  /** JSON text of the event. */
  text: string
  /** Length of the text in bytes of UTF-8. */
  bytes: number
  /** Its place in the run, from 1. */
  number: number
  /** Where it comes from, for users. */
  from: string
  /** Indexes of subscriptions. */
  matching: readonly number[]
}

/** An event in one subscription. */
export interface Entry extends StoredDataUse {
  event: DividedEvent
  identities: readonly string[]
  partition: number
  /** Index of the subscription. */
  subscription: number
  /** Of two entries of which one has to wait for the other, it has the higher level, unless both are in one job. */
  level: number
  /** Entries of other partitions that must be settled before. */
  blockers: readonly Entry[]
  /** Of the job that it is in; 0 until there is one. */
  sequence: number
}

/** By identity: the entry of each partition and subscription whose job comes last. */
type Lasts = Map<string, Map<string, Entry>>

/**
 * Gives every entry of a portion its level: one more than the highest of what it waits for. These are earlier events of the same
 * identity that may write stored data; and for an event that may make a link, also those whose visitor depends on it.
 */
export class Levels {
  private readonly writers: Lasts = new Map()
  private readonly linked: Lasts = new Map()
  /** The level of the last event of a person in a subscription, since their order is kept. */
  private readonly persons = new Map<string, number>()

  constructor(
    private readonly subscriptions: readonly Pick<Subscription, 'partnerAction'>[],
    private readonly partitions: number
  ) {}

  /** The entries of the next event, one for each subscription that it matches. */
  next(event: DividedEvent): Entry[] {
    const identities = identitiesOf(event.event)
    const person = personOf(identities)
    const partition = partitionOf(person, event.number, this.partitions)
    const entries = event.matching.map((subscription) => {
      const use = storedDataUse(this.subscriptions[subscription], event.event)
      return this.entry(
        { ...use, event, identities, partition, subscription, level: 0, blockers: [], sequence: 0 },
        person
      )
    })
    entries.forEach((entry) => this.remember(entry))
    return entries
  }

  private entry(entry: Entry, person: string | null): Entry {
    const key = keyOf(entry)
    const writers = lastsOf(this.writers, entry)
    const linked = entry.mayLink ? lastsOf(this.linked, entry) : []
    const levels = [
      ...writers.map((one) => (keyOf(one) === key ? one.level : one.level + 1)),
      // Not in one job either: when a job is sent again after a crash, the link is there, and its earlier events would use it.
      ...linked.map((one) => one.level + 1)
    ]
    const personKey = person === null ? null : `${entry.subscription} ${person}`
    entry.level = Math.max(0, ...levels, (personKey !== null && this.persons.get(personKey)) || 0)
    entry.blockers = [...writers, ...linked].filter(({ partition }) => partition !== entry.partition)
    if (personKey !== null) this.persons.set(personKey, entry.level)
    return entry
  }

  private remember(entry: Entry): void {
    if (entry.mayWrite) keep(entry, this.writers)
    if (entry.needsLink) keep(entry, this.linked)
  }
}

const keyOf = ({ partition, subscription }: Entry): string => `${partition} ${subscription}`

/** The entries with the identities of an entry whose jobs come last. */
function lastsOf(lasts: Lasts, { identities }: Entry): Entry[] {
  return [...new Set(identities.flatMap((identity) => [...(lasts.get(identity)?.values() ?? [])]))]
}

function keep(entry: Entry, lasts: Lasts): void {
  const key = keyOf(entry)
  for (const identity of entry.identities) {
    const ofIdentity = lasts.get(identity) ?? new Map<string, Entry>()
    // Events that only need a link do not wait for each other, so an earlier one may have a higher level.
    const known = ofIdentity.get(key)
    if (!known || known.level <= entry.level) ofIdentity.set(key, entry)
    lasts.set(identity, ofIdentity)
  }
}
