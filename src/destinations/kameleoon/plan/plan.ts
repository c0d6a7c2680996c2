import type { StoredMap } from '../kameleoon-api/data-api'
import type { EventContent, Parameters } from '../kameleoon-api/wire'

/** A goal by its number, or by the Segment event that it stands for. */
export type GoalReference = { kind: 'id'; goalId: number } | NamedGoal

/** A goal that is looked up by name when the event is delivered. */
export interface NamedGoal {
  kind: 'name'
  /** Type of the Segment call, such as `track`: Kameleoon's integration has it in the names of its goals. */
  eventType: string
  name: string
  /** Whether the goal is created if there is none of that name. */
  mayCreate: boolean
}

/**
 * One visit event of a Segment message. Its position in the list, its `subject` and a conversion's amount make its nonce.
 * They must be the same whenever the same message is delivered again, and differ where two mappings send different data.
 */
export type PlannedEvent = PlannedConversion | PlannedVisitEvent

/** A conversion of a goal whose number may not be known yet. */
export interface PlannedConversion {
  kind: 'conversion'
  eventType: 'CONVERSION'
  /** Goal and metadata, as text. */
  subject: string
  goal: GoalReference
  parameters: ConversionParameters
}

/** What a conversion has beside its goal. Amounts are always sent, as Kameleoon's SDKs do. */
export type ConversionParameters = Required<Pick<Parameters<'CONVERSION'>, 'revenue' | 'negative'>> &
  Pick<Parameters<'CONVERSION'>, 'metadata'>

/** A visit event that is complete except for visitor code, nonce and user agent. */
export type PlannedVisitEvent = EventContent & {
  kind: 'event'
  /** What the event says, as text; empty where a message has at most one event of this type. */
  subject: string
}

/** Fields to set in a stored map; a field that is `null` is removed. */
export interface MapWrite {
  key: string
  fields: StoredMap
  ttlHours: number
  /** Whether fields that are stored already stay. */
  keepsExisting: boolean
}

/** What Kameleoon should receive for one Segment event: plain data, no HTTP. */
export interface Plan {
  kind: 'plan'
  visitEvents: readonly PlannedEvent[]
  mapWrites: readonly MapWrite[]
}

/** An event that is not sent on purpose. */
export interface Filtered {
  kind: 'filtered'
  /** Why, in words for the user. */
  reason: string
}

/** Shared empty list: most lists of most events are empty. */
export const NOTHING: readonly never[] = Object.freeze([])

/** A plan; what is not given is empty. */
export function planOf({ visitEvents = NOTHING, mapWrites = NOTHING }: Partial<Omit<Plan, 'kind'>>): Plan {
  return { kind: 'plan', visitEvents, mapWrites }
}

export function filtered(reason: string): Filtered {
  return { kind: 'filtered', reason }
}
