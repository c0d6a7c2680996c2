import type { MappingTotal } from '../../contract'
import type { EventTally } from './event-tally'

/** Most mappings that are counted, those that were removed included. */
const MOST_MAPPINGS = 1_000

/** Events by the mapping that took them. */
export class MappingTotals {
  private readonly totals = new Map<string, MappingTotal>()

  /** Counts an event of a mapping, or takes it back. */
  count({ id, name, status }: EventTally['mappings'][number], by: 1 | -1): void {
    const total = this.totals.get(id) ?? { id, name, ...NOTHING }
    if (!this.totals.has(id) && this.totals.size >= MOST_MAPPINGS) return
    const outcome = status === 'waiting' || status === 'retrying' ? 'unsettled' : status
    this.totals.set(id, { ...total, name, taken: total.taken + by, [outcome]: total[outcome] + by })
  }

  /** All mappings that took events, those with most first. */
  list(): MappingTotal[] {
    return [...this.totals.values()].filter(({ taken }) => taken > 0).sort((one, other) => other.taken - one.taken)
  }
}

const NOTHING = { taken: 0, delivered: 0, filtered: 0, rejected: 0, unsettled: 0 }
