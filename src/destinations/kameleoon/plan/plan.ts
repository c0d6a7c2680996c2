import dayjs from 'dayjs'
import { InvalidFieldError, optionalNumber } from '../invalid-field'
import type { StoredMap } from '../kameleoon-api/data-api'
import type { EventContent, Parameters } from '../kameleoon-api/wire'
import { kindOf } from '../values'

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
export type PlannedEvent = PlannedConversion | PlannedCustomData | PlannedCrossDeviceId | PlannedVisitEvent

/** A conversion of a goal whose number may not be known yet. */
export interface PlannedConversion {
  kind: 'conversion'
  eventType: 'CONVERSION'
  /** Goal and metadata, as text. */
  subject: string
  goal: GoalReference
  parameters: ConversionParameters
  /** What the user should know, such as a value that was left out. */
  notes: readonly string[]
}

/** Custom data to set on the visitor. What becomes of values that it has already depends on its type at Kameleoon. */
export interface PlannedCustomData {
  kind: 'custom data'
  eventType: 'CUSTOMDATA'
  /** Index and values, as text. */
  subject: string
  index: number
  /** Without values, and unless it is cleared, nothing is sent: all values were left out. */
  values: readonly string[]
  /** `add` adds to custom data of a list type and replaces that of any other. */
  change: 'add' | 'replace' | 'clear'
  notes: readonly string[]
}

/**
 * Tells Kameleoon that the visitor is this user, by the custom data that is the project's mapping identifier. Which one that
 * is becomes known on delivery.
 */
export interface PlannedCrossDeviceId {
  kind: 'cross-device id'
  eventType: 'CUSTOMDATA'
  subject: string
  userId: string
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
  /** Whether the field `group` adds to a stored one with the same `groupId`. Default: it takes its place. */
  addsToGroup?: boolean
}

/** What Kameleoon should receive for one Segment event: plain data, no HTTP. */
export interface Plan {
  kind: 'plan'
  visitEvents: readonly PlannedEvent[]
  mapWrites: readonly MapWrite[]
  /** What the user should know of an event that is delivered all the same, such as a value that was left out. */
  notes: readonly string[]
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
export function planOf({
  visitEvents = NOTHING,
  mapWrites = NOTHING,
  notes = NOTHING
}: Partial<Omit<Plan, 'kind'>>): Plan {
  return { kind: 'plan', visitEvents, mapWrites, notes }
}

export function filtered(reason: string): Filtered {
  return { kind: 'filtered', reason }
}

export interface AgeFields {
  timestamp: string | number
  /** Older events are filtered. Default: no limit. */
  maxEventAgeHours?: number
}

/** Segment did not exist before, so an earlier time is that of a clock that was never set. */
const EARLIEST_TIME = Date.UTC(2010, 0, 1)
const LATEST_MILLISECONDS_AHEAD = 24 * 60 * 60 * 1000

/**
 * When an event happened, in milliseconds since 1970. An impossible time, before 2010 or more than a day ahead, counts as
 * now, when the event arrives.
 * @throws InvalidFieldError if its timestamp is no date and time
 */
export function eventTime(timestamp: unknown): number {
  const time = timeIn(timestamp)
  const now = Date.now()
  return time < EARLIEST_TIME || time > now + LATEST_MILLISECONDS_AHEAD ? now : time
}

function timeIn(timestamp: unknown): number {
  const time = typeof timestamp === 'string' || typeof timestamp === 'number' ? timeOf(timestamp) : NaN
  if (Number.isNaN(time)) {
    throw new InvalidFieldError(
      'timestamp',
      `must be a date and time such as 2026-01-31T12:00:00.000Z, but it is ${shown(timestamp)}.`
    )
  }
  return time
}

/**
 * Filters an event that is too old. Kameleoon counts events when they arrive, so old ones distort running experiments.
 * @throws InvalidFieldError for a limit of 0 hours or less
 */
export function filterIfOld({ timestamp, maxEventAgeHours: hours }: AgeFields): Filtered | undefined {
  const maxEventAgeHours = optionalNumber(hours, 'maxEventAgeHours')
  if (maxEventAgeHours === undefined) return undefined
  if (!(maxEventAgeHours > 0)) {
    throw new InvalidFieldError('maxEventAgeHours', `must be above 0, but it is the number ${maxEventAgeHours}.`)
  }
  if (dayjs().diff(eventTime(timestamp), 'hour', true) <= maxEventAgeHours) return undefined
  return filtered(`The event is older than ${maxEventAgeHours} hours, the limit set in the mapping.`)
}

/** A leap second (23:59:60) is valid in RFC 3339 but not for `Date`, so it counts as the second before. */
function timeOf(timestamp: string | number): number {
  const time = new Date(timestamp).getTime()
  return Number.isNaN(time) ? new Date(String(timestamp).replace(/:60(?=[.Zz+-])/, ':59')).getTime() : time
}

function shown(timestamp: unknown): string {
  const isOtherText = typeof timestamp === 'string' && timestamp.trim() !== ''
  return isOtherText ? 'a string that is not one' : kindOf(timestamp)
}
