import type { Overview, OverviewWindow } from '../../contract'
import type { EventLog } from '../event-log/event-log'
import type { LiveEvent } from '../event-log/live-event'
import { exampleOf, tallyOf, type EventTally } from './event-tally'
import { GoalTotals } from './goal-totals'
import { MappingTotals } from './mapping-totals'
import { ReasonGroups } from './reason-groups'
import { StepCounts } from './step-counts'

/** Everything that is counted from one start of counting to the next. */
class Totals {
  readonly events = { received: 0, waiting: 0, retrying: 0, delivered: 0, filtered: 0, rejected: 0 }
  readonly kameleoon = { kept: 0, duplicates: 0, discarded: 0, nothing: 0, unknown: 0 }
  readonly steps = new StepCounts()
  readonly reasons = new ReasonGroups()
  readonly goals = new GoalTotals()
  readonly mappings = new MappingTotals()

  constructor(readonly since: number) {}

  /** Counts an event, or takes it back. Reasons are counted apart, since they need the event itself. */
  count({ arrivedAt, status, kept, conversions, mappings }: EventTally, by: 1 | -1): void {
    this.events.received += by
    this.events[status] += by
    if (kept !== null) this.kameleoon[kept] += by
    this.steps.count(arrivedAt, status, by)
    conversions.forEach((conversion) => this.goals.count(conversion, by))
    mappings.forEach((mapping) => this.mappings.count(mapping, by))
  }
}

/** How an event was counted last. */
interface Counted {
  totals: Totals
  tally: EventTally
  /** Keys of the groups of its reasons. */
  groups: Set<string>
}

interface OverviewSources {
  events: Pick<EventLog, 'onChange' | 'onClear'>
  /** The current time in milliseconds. */
  clock: () => number
}

/**
 * Counts every event as it arrives and changes, so that an overview costs the same however many events there are. Events that
 * are no longer kept stay counted.
 */
export class OverviewCounts {
  private totals: Totals
  private readonly counted = new WeakMap<LiveEvent, Counted>()

  constructor(private readonly sources: OverviewSources) {
    this.totals = new Totals(sources.clock())
    sources.events.onChange((event) => this.note(event))
    sources.events.onClear(() => (this.totals = new Totals(sources.clock())))
  }

  /** What is known now, with the steps of a window. */
  overview(window: OverviewWindow): Overview {
    const { since, events, kameleoon, steps, reasons, goals, mappings } = this.totals
    return {
      since: new Date(since).toISOString(),
      events: { ...events },
      kameleoon: { ...kameleoon },
      steps: steps.window(window, this.sources.clock()),
      ...{ reasons: reasons.list(), goals: goals.list(), mappings: mappings.list() }
    }
  }

  private note(event: LiveEvent): void {
    const before = this.counted.get(event)
    // An event from before all events were deleted belongs to the counts of that time.
    const totals = before?.totals ?? this.totals
    if (before) {
      totals.count(before.tally, -1)
      before.groups.forEach((key) => totals.reasons.remove(key, event.id))
    }
    const tally = tallyOf(event)
    totals.count(tally, 1)
    this.counted.set(event, { totals, tally, groups: countReasons(tally, totals, event) })
  }
}

/** Counts the event once in each group that it has a reason of, and returns the keys of these groups. */
function countReasons({ reasons }: EventTally, totals: Totals, event: LiveEvent): Set<string> {
  const groups = new Set<string>()
  for (const reason of reasons) {
    const key = totals.reasons.keyOf(reason)
    if (!groups.has(key)) totals.reasons.add(key, reason, exampleOf(event))
    groups.add(key)
  }
  return groups
}
