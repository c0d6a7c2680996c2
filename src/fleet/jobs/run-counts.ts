import type { Counts as StoredCounts } from '../backend/shared-store'
import type { Counts, Outcome, ReasonCount } from '../../segment-host'
import { storableName } from './storable-text'

/** Key of the counts of a run in the store. */
export const runKey = (run: string): string => `run:${run}`

/** Name of the count that holds the last finished sequence of a partition. */
export const doneName = (partition: number): string => `done:${partition}`

/** The last finished sequence of each partition. */
export function doneIn(counts: StoredCounts, partitions: number): number[] {
  return Array.from({ length: partitions }, (_, partition) => counts[doneName(partition)] ?? 0)
}

const SEPARATOR = '|'
const RETRIES = 'retries'
/** Reasons may contain values of events. Beyond so many different ones in a job, the rest is counted together. */
const MOST_REASONS = 20
const OTHER = 'other reasons'

/** Outcomes of a job as counts of its run: `<subscription>|<kind>` and, where there is a reason, `|<reason>`. */
export class OutcomeCounts {
  readonly counts: StoredCounts

  constructor(
    private readonly subscription: number,
    earlier: StoredCounts = {}
  ) {
    this.counts = { ...earlier }
  }

  add(outcome: Outcome): void {
    if (outcome.kind !== 'delivered') return this.addReason(outcome.kind, outcome.reason)
    this.increase(`${this.subscription}${SEPARATOR}delivered`)
    outcome.notes?.forEach((note) => this.addReason('notes', note))
  }

  /** Events that were sent again. */
  addRetries(events: number): void {
    if (events > 0) this.counts[RETRIES] = (this.counts[RETRIES] ?? 0) + events
  }

  private addReason(kind: string, reason: string): void {
    const name = [this.subscription, kind, storableName(reason)].join(SEPARATOR)
    const isKnown = name in this.counts || Object.keys(this.counts).length < MOST_REASONS
    this.increase(isKnown ? name : [this.subscription, kind, OTHER].join(SEPARATOR))
  }

  private increase(name: string): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1
  }
}

type SubscriptionCounts = Counts['subscriptions'][number]

/** The outcomes of a run by subscription. */
export function outcomesIn(counts: StoredCounts, subscriptions: number): SubscriptionCounts[] {
  const all: SubscriptionCounts[] = Array.from({ length: subscriptions }, () => ({
    delivered: 0,
    filtered: [],
    rejected: [],
    notes: []
  }))
  for (const [name, count] of Object.entries(counts)) {
    const [index, kind, ...reason] = name.split(SEPARATOR)
    const one = all[Number(index)]
    if (!one) continue
    if (kind === 'delivered') one.delivered += count
    else listOf(one, kind)?.push({ reason: reason.join(SEPARATOR), count })
  }
  return all
}

function listOf(counts: SubscriptionCounts, kind: string): ReasonCount[] | undefined {
  return kind === 'filtered' || kind === 'rejected' || kind === 'notes' ? counts[kind] : undefined
}

/** Events of a run that were sent again. */
export const retriesIn = (counts: StoredCounts): number => counts[RETRIES] ?? 0

/** How many events have which outcome, for the totals of the fleet. */
export function totalsOf(counts: StoredCounts): StoredCounts {
  const totals: StoredCounts = {}
  for (const [name, count] of Object.entries(counts)) {
    const kind = name.split(SEPARATOR)[1]
    if (kind !== undefined && kind !== 'notes') totals[kind] = (totals[kind] ?? 0) + count
  }
  return totals
}
