import type { Outcome } from './outcome'
import type { Subscription } from './subscription'

export interface ReasonCount {
  reason: string
  count: number
}

export interface ReasonedCount {
  count: number
  reasons: ReasonCount[]
}

/** Events of one subscription: `received` matched it, and each of them has exactly one of the three outcomes. */
export interface SubscriptionSummary {
  subscription: string
  action: string
  received: number
  filtered: ReasonedCount
  delivered: number
  rejected: ReasonedCount
  /** What the destination says of events that it delivered all the same. */
  notes: ReasonedCount
}

/** Why reading ended before the end of the source, and after which line. */
export interface Interruption {
  afterLine: number
  reason: string
}

/** The result of a whole source. An event that matches several subscriptions has one outcome in each of them. */
export interface Summary {
  /** Lines of the source that were not blank. */
  received: number
  filtered: number
  delivered: number
  rejected: number
  /** Events that happened more than a day before the run; those with an impossible time do not count. */
  old: number
  /** Events that match no subscription. */
  unmatched: ReasonedCount
  /** Lines that contain no event. */
  unreadable: ReasonedCount
  subscriptions: SubscriptionSummary[]
  interrupted?: Interruption
}

interface Counts {
  filtered: ReasonCounts
  delivered: number
  rejected: ReasonCounts
  notes: ReasonCounts
}

/** Reasons may contain values of events, so the number of different reasons has no limit of its own. */
const MOST_REASONS = 50
const OTHER = 'other reasons'

/** How many events had which reason. Beyond fifty different reasons, the rest is counted together. */
class ReasonCounts {
  private readonly counts = new Map<string, number>()
  total = 0

  add(reason: string): void {
    const key = this.counts.has(reason) || this.counts.size < MOST_REASONS ? reason : OTHER
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1)
    this.total++
  }

  /** Reasons with their counts, the most frequent first. */
  list(): ReasonCount[] {
    return [...this.counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count)
  }
}

/** Counts outcomes during a run. */
export class Tally {
  received = 0
  old = 0
  readonly unmatched = new ReasonCounts()
  readonly unreadable = new ReasonCounts()
  private readonly counts = new Map<Subscription, Counts>()

  constructor(subscriptions: Subscription[]) {
    for (const subscription of subscriptions) {
      this.counts.set(subscription, {
        filtered: new ReasonCounts(),
        delivered: 0,
        rejected: new ReasonCounts(),
        notes: new ReasonCounts()
      })
    }
  }

  add(subscription: Subscription, outcome: Outcome): void {
    const counts = this.counts.get(subscription)
    if (!counts) return
    if (outcome.kind !== 'delivered') return counts[outcome.kind].add(outcome.reason)
    counts.delivered++
    outcome.notes?.forEach((note) => counts.notes.add(note))
  }

  summary(): Summary {
    const subscriptions = [...this.counts].map(([subscription, counts]) => summaryOf(subscription, counts))
    const sum = (of: (one: SubscriptionSummary) => number): number => subscriptions.reduce((all, s) => all + of(s), 0)
    return {
      received: this.received,
      filtered: sum((one) => one.filtered.count) + this.unmatched.total,
      delivered: sum((one) => one.delivered),
      rejected: sum((one) => one.rejected.count) + this.unreadable.total,
      old: this.old,
      unmatched: reasoned(this.unmatched),
      unreadable: reasoned(this.unreadable),
      subscriptions
    }
  }
}

function summaryOf(subscription: Subscription, { filtered, delivered, rejected, notes }: Counts): SubscriptionSummary {
  return {
    subscription: subscription.name,
    action: subscription.partnerAction,
    received: filtered.total + delivered + rejected.total,
    filtered: reasoned(filtered),
    delivered,
    rejected: reasoned(rejected),
    notes: reasoned(notes)
  }
}

function reasoned(reasons: ReasonCounts): ReasonedCount {
  return { count: reasons.total, reasons: reasons.list() }
}
