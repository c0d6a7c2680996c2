import type { Outcome } from './outcome'
import { ReasonCounts, type ReasonCount } from './reason-counts'
import type { Subscription } from './subscription'

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
}

/** Why reading ended before the end of the source. */
export interface Interruption {
  afterLine: number
  reason: string
}

/** What became of everything a source held. An event that several subscriptions take has an outcome in each. */
export interface Summary {
  /** Lines of the source that were not blank. */
  received: number
  filtered: number
  delivered: number
  rejected: number
  /** Events that no subscription takes. */
  unmatched: ReasonedCount
  /** Lines that hold no event. */
  unreadable: ReasonedCount
  subscriptions: SubscriptionSummary[]
  interrupted?: Interruption
}

interface Counts {
  filtered: ReasonCounts
  delivered: number
  rejected: ReasonCounts
}

/** Counts outcomes while a run goes on. */
export class Tally {
  received = 0
  readonly unmatched = new ReasonCounts()
  readonly unreadable = new ReasonCounts()
  private readonly counts = new Map<Subscription, Counts>()

  constructor(subscriptions: Subscription[]) {
    for (const subscription of subscriptions) {
      this.counts.set(subscription, { filtered: new ReasonCounts(), delivered: 0, rejected: new ReasonCounts() })
    }
  }

  add(subscription: Subscription, outcome: Outcome): void {
    const counts = this.counts.get(subscription)
    if (!counts) return
    if (outcome.kind === 'delivered') counts.delivered++
    else counts[outcome.kind].add(outcome.reason)
  }

  summary(): Summary {
    const subscriptions = [...this.counts].map(([subscription, counts]) => summaryOf(subscription, counts))
    const sum = (of: (one: SubscriptionSummary) => number): number => subscriptions.reduce((all, s) => all + of(s), 0)
    return {
      received: this.received,
      filtered: sum((one) => one.filtered.count) + this.unmatched.total,
      delivered: sum((one) => one.delivered),
      rejected: sum((one) => one.rejected.count) + this.unreadable.total,
      unmatched: reasoned(this.unmatched),
      unreadable: reasoned(this.unreadable),
      subscriptions
    }
  }
}

function summaryOf(subscription: Subscription, { filtered, delivered, rejected }: Counts): SubscriptionSummary {
  return {
    subscription: subscription.name,
    action: subscription.partnerAction,
    received: filtered.total + delivered + rejected.total,
    filtered: reasoned(filtered),
    delivered,
    rejected: reasoned(rejected)
  }
}

function reasoned(reasons: ReasonCounts): ReasonedCount {
  return { count: reasons.total, reasons: reasons.list() }
}
