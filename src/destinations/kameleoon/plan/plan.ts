import type { Conversion } from '../kameleoon-api/visit-events'
import type { StoredMap } from '../kameleoon-api/maps'

/** A goal by its number, or by the Segment event that it stands for. */
export type GoalReference =
  | { goalId: number }
  | {
      eventType: string
      name: string
      mayCreate: boolean
    }

/**
 * One visit event of a Segment message. Its place in the list, its `subject` (what it says) and a conversion's amount make
 * its nonce, so they must be the same whenever the same message comes again, and differ where two mappings say different
 * things.
 */
export type PlannedEvent =
  | { eventType: 'CONVERSION'; subject: string; goal: GoalReference; parameters: Omit<Conversion, 'goalId'> }
  | { eventType: string; subject: string; goal?: undefined; parameters: object }

/** Fields to set in a stored map; a field that is `null` is removed. */
export interface MapWrite {
  key: string
  fields: StoredMap
  ttlHours: number
  /** Whether fields that are stored already stay. */
  keepsExisting: boolean
}

/** What Kameleoon should be told about one Segment event: plain data, no HTTP. */
export interface Telling {
  visitEvents: readonly PlannedEvent[]
  mapWrites: readonly MapWrite[]
}

/** An event that is deliberately not sent, and why, in words for the user. */
export interface Filtered {
  filtered: string
}

export function isFiltered(telling: Telling | Filtered): telling is Filtered {
  return 'filtered' in telling
}

/** For all events to which a list does not apply: most lists of most events are empty. */
export const NOTHING: readonly never[] = Object.freeze([])

export function tell({ visitEvents = NOTHING, mapWrites = NOTHING }: Partial<Telling>): Telling {
  return { visitEvents, mapWrites }
}
