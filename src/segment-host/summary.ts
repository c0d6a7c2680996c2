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

/** Events of one subscription: `received` matched it, and each of them has exactly one of the four outcomes. */
export interface SubscriptionSummary {
  subscription: string
  action: string
  received: number
  filtered: ReasonedCount
  delivered: number
  rejected: ReasonedCount
  /** Not delivered after every attempt, although a later one may succeed: they are not settled. */
  undelivered: ReasonedCount
  /** What the destination says of events that it delivered all the same. */
  notes: ReasonedCount
}

/** Why a run ended before all of its source was settled. */
export interface Stop {
  /**
   * `source`: it could not be read further. `request`: someone asked for it. `limit`: as many lines as asked for are
   * settled. `rejections`: more were rejected than allowed. `unreachable`: the destination answers no more. `output`: a
   * result could not be written.
   */
  cause: 'source' | 'request' | 'limit' | 'rejections' | 'unreachable' | 'output'
  reason: string
  /** The last line that was read; null before the first. */
  after: { file: string; line: number } | null
}

/** The result of a whole source. An event that matches several subscriptions has one outcome in each of them. */
export interface Summary {
  /** Lines of the source that were not blank. */
  received: number
  filtered: number
  delivered: number
  rejected: number
  undelivered: number
  /** Events that were read and have no outcome, since the run stopped before; counted once for each subscription. */
  unsettled: number
  /** Events that happened more than a day before the run; those with an impossible time do not count. */
  old: number
  /** Events that match no subscription. */
  unmatched: ReasonedCount
  /** Lines that contain no event. */
  unreadable: ReasonedCount
  subscriptions: SubscriptionSummary[]
  /** Events that were sent again, counted for each time. */
  retries: number
  /** Duration of this run in seconds. */
  seconds: number
  /** Lines that this run read for the first time, a second. */
  linesPerSecond: number
  stopped?: Stop
}

/** The parts of a summary that are counted by subscription. */
type CountedSummary = Omit<Summary, 'unsettled' | 'retries' | 'seconds' | 'linesPerSecond' | 'stopped'>

/** What is counted of one subscription. Undelivered events are not settled, so an earlier run has none. */
interface SubscriptionCounts {
  delivered: number
  filtered: ReasonCount[]
  rejected: ReasonCount[]
  notes: ReasonCount[]
}

/** The counts of settled events in a form that can be kept in a file, to go on later. */
export interface Counts {
  received: number
  old: number
  unmatched: ReasonCount[]
  unreadable: ReasonCount[]
  subscriptions: SubscriptionCounts[]
}

/** Reasons may contain values of events, so the number of different reasons has no limit of its own. */
const MOST_REASONS = 50
const OTHER = 'other reasons'

/** How many events had which reason. Beyond fifty different reasons, the rest is counted together. */
class ReasonCounts {
  private readonly counts = new Map<string, number>()
  total = 0

  constructor(earlier: readonly ReasonCount[] = []) {
    earlier.forEach(({ reason, count }) => this.add(reason, count))
  }

  add(reason: string, count = 1): void {
    const key = this.counts.has(reason) || this.counts.size < MOST_REASONS ? reason : OTHER
    this.counts.set(key, (this.counts.get(key) ?? 0) + count)
    this.total += count
  }

  /** Reasons with their counts, the most frequent first. */
  list(): ReasonCount[] {
    return [...this.counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count)
  }

  summary(): ReasonedCount {
    return { count: this.total, reasons: this.list() }
  }
}

/** Counts the outcomes of one subscription. */
class SubscriptionTally {
  private delivered: number
  private readonly filtered: ReasonCounts
  private readonly rejected: ReasonCounts
  private readonly undelivered = new ReasonCounts()
  private readonly notes: ReasonCounts

  constructor(earlier?: SubscriptionCounts) {
    this.delivered = earlier?.delivered ?? 0
    this.filtered = new ReasonCounts(earlier?.filtered)
    this.rejected = new ReasonCounts(earlier?.rejected)
    this.notes = new ReasonCounts(earlier?.notes)
  }

  add(outcome: Outcome, count: number): void {
    if (outcome.kind === 'filtered') return this.filtered.add(outcome.reason, count)
    if (outcome.kind === 'rejected') return this.rejected.add(outcome.reason, count)
    this.delivered += count
    outcome.notes?.forEach((note) => this.notes.add(note, count))
  }

  addUndelivered(reason: string): void {
    this.undelivered.add(reason)
  }

  counts(): SubscriptionCounts {
    const { delivered, filtered, rejected, notes } = this
    return { delivered, filtered: filtered.list(), rejected: rejected.list(), notes: notes.list() }
  }

  summary({ name, partnerAction }: Subscription): SubscriptionSummary {
    const { delivered, filtered, rejected, undelivered, notes } = this
    return {
      subscription: name,
      action: partnerAction,
      received: delivered + filtered.total + rejected.total + undelivered.total,
      filtered: filtered.summary(),
      delivered,
      rejected: rejected.summary(),
      undelivered: undelivered.summary(),
      notes: notes.summary()
    }
  }
}

/** Counts outcomes during a run. */
export class Tally {
  received: number
  old: number
  readonly unmatched: ReasonCounts
  readonly unreadable: ReasonCounts
  private readonly tallies: SubscriptionTally[]

  /** @param earlier the counts of an earlier run of the same source, which are added to */
  constructor(
    private readonly subscriptions: readonly Subscription[],
    earlier?: Counts
  ) {
    this.received = earlier?.received ?? 0
    this.old = earlier?.old ?? 0
    this.unmatched = new ReasonCounts(earlier?.unmatched)
    this.unreadable = new ReasonCounts(earlier?.unreadable)
    this.tallies = subscriptions.map((_, index) => new SubscriptionTally(earlier?.subscriptions[index]))
  }

  /** @param subscription its index */
  add(subscription: number, outcome: Outcome, count = 1): void {
    this.tallies[subscription]?.add(outcome, count)
  }

  addUndelivered(subscription: number, reason: string): void {
    this.tallies[subscription]?.addUndelivered(reason)
  }

  counts(): Counts {
    const { received, old, unmatched, unreadable, tallies } = this
    const subscriptions = tallies.map((one) => one.counts())
    return { received, old, unmatched: unmatched.list(), unreadable: unreadable.list(), subscriptions }
  }

  summary(): CountedSummary {
    const subscriptions = this.subscriptions.map((one, index) => this.tallies[index].summary(one))
    const sum = (of: (one: SubscriptionSummary) => number): number => subscriptions.reduce((all, s) => all + of(s), 0)
    return {
      received: this.received,
      filtered: sum((one) => one.filtered.count) + this.unmatched.total,
      delivered: sum((one) => one.delivered),
      rejected: sum((one) => one.rejected.count) + this.unreadable.total,
      undelivered: sum((one) => one.undelivered.count),
      old: this.old,
      unmatched: this.unmatched.summary(),
      unreadable: this.unreadable.summary(),
      subscriptions
    }
  }
}
