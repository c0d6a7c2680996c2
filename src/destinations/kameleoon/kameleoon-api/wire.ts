import * as kinds from './wire-kinds'
import type { Kind } from './wire-kinds'

/**
 * The events of Kameleoon's Data API as they are sent: for each event type its fields with their kinds. Types are derived
 * from this table and checks read it, so a field has its name here and nowhere else.
 *
 * Names and kinds are those that Kameleoon's SDKs and browser script send; its own tables per event are not public.
 * https://docs.kameleoon.com/api-reference/visit/send-visitor-events , https://github.com/Kameleoon/client-go
 */
const EVENT_FIELDS = {
  /** Keeps a visit alive. Has no fields of its own. */
  ACTIVITY: {},
  /** A goal was reached. SDKs always send `revenue` and `negative`. */
  CONVERSION: {
    goalId: required(kinds.wholeNumber),
    /** In the currency of the project. Default of Kameleoon: 0. */
    revenue: optional(kinds.amount),
    /** Whether the amount is taken back. Default of Kameleoon: false. */
    negative: optional(kinds.flag),
    metadata: optional(kinds.metadata)
  },
  /** Values of a custom data of the visitor. */
  CUSTOMDATA: {
    index: required(kinds.wholeNumber),
    valuesCountMap: required(kinds.valueCounts),
    /** Whether the values replace those that the visitor has. SDKs send true, the browser script false. */
    overwrite: optional(kinds.flag),
    /** Whether the custom data is the project's cross-device id. */
    mappingIdentifier: optional(kinds.flag)
  },
  /** A variation of an experiment was shown. */
  EXPERIMENT: { id: required(kinds.wholeNumber), variationId: required(kinds.wholeNumber) },
  /** Where the visitor is. Latitude and longitude in degrees. */
  GEOLOCATION: {
    country: optional(kinds.text),
    region: optional(kinds.text),
    city: optional(kinds.text),
    postalCode: optional(kinds.text),
    latitude: optional(kinds.finiteNumber),
    longitude: optional(kinds.finiteNumber)
  },
  /** A page was seen. Kameleoon keeps 200 characters of address and title. */
  PAGE: {
    href: required(kinds.pageText),
    title: optional(kinds.pageText),
    referrersIndices: optional(kinds.indices),
    keyPagesIndices: optional(kinds.keyPageIndices),
    canonicalHref: optional(kinds.text),
    referrerHref: optional(kinds.text)
  },
  /** A variation of a personalization was shown; `unexpositionCause` goes with variation 0. */
  PERSONALIZATION: {
    id: required(kinds.wholeNumber),
    variationId: required(kinds.wholeNumber),
    unexpositionCause: optional(kinds.text)
  },
  /** Device and visit. Sizes in pixels, `timeSincePreviousVisit` in milliseconds. */
  STATICDATA: {
    deviceType: optional(kinds.deviceType),
    browser: optional(kinds.text),
    browserIndex: optional(kinds.wholeNumber),
    browserVersion: optional(kinds.version),
    os: optional(kinds.operatingSystem),
    osIndex: optional(kinds.wholeNumber),
    visitNumber: optional(kinds.wholeNumber),
    timeSincePreviousVisit: optional(kinds.wholeNumber),
    screenWidth: optional(kinds.wholeNumber),
    screenHeight: optional(kinds.wholeNumber),
    windowWidth: optional(kinds.wholeNumber),
    windowHeight: optional(kinds.wholeNumber),
    timeZoneId: optional(kinds.text),
    localeLanguageTag: optional(kinds.text),
    experimentInfluences: optional(kinds.record),
    personalizationInfluences: optional(kinds.record)
  },
  /** The visitor belongs to a segment. */
  TARGETINGSEGMENT: { id: required(kinds.wholeNumber) }
}

type Table = typeof EVENT_FIELDS

export type EventType = keyof Table

// Object.keys returns plain strings; the keys of this constant are the event types.
export const EVENT_TYPES = Object.keys(EVENT_FIELDS) as EventType[]

/** One field of an event: its kind, and whether Kameleoon discards an event without it. */
export interface Field<T = unknown, Required extends boolean = boolean> {
  kind: Kind<T>
  isRequired: Required
}

type FieldsOf<Type extends EventType> = Table[Type]

type NamesOf<Type extends EventType, Required extends boolean> = {
  [Name in keyof FieldsOf<Type>]: FieldsOf<Type>[Name] extends Field<unknown, Required> ? Name : never
}[keyof FieldsOf<Type>]

type ValueOf<F> = F extends Field<infer T> ? T : never

/** What an event of a type has beside its identity. */
export type Parameters<Type extends EventType> = {
  [Name in NamesOf<Type, true>]: ValueOf<FieldsOf<Type>[Name]>
} & {
  [Name in NamesOf<Type, false>]?: ValueOf<FieldsOf<Type>[Name]>
}

/**
 * Whose event it is: at most 100 characters. `mappingValue` is the value of the project's mapping identifier, by which
 * Kameleoon finds the visitor on all devices.
 */
export type EventOwner = { visitorCode: string } | { mappingValue: string }

/** What every event carries, whatever its type. */
export type EventIdentity = EventOwner & {
  /** 16 hexadecimal digits, unique per event, by which a repeated event is recognised. */
  nonce: string
  /** The visitor's own user agent, on the first event of a Segment message. */
  userAgent?: string
}

/** An event without its identity. */
export type EventContent = { [Type in EventType]: { eventType: Type; parameters: Parameters<Type> } }[EventType]

/** An event as it is sent. */
export type VisitEvent = {
  [Type in EventType]: { eventType: Type } & EventIdentity & Parameters<Type>
}[EventType]

/** Parameters that every event may have. They are set by the destination. */
export const RESERVED_PARAMETERS = ['eventType', 'visitorCode', 'nonce', 'userAgent', 'mappingValue']

/** The fields of an event type, in the order of the table. */
export function fieldsOf(eventType: EventType): Array<[string, Field]> {
  return Object.entries<Field>(EVENT_FIELDS[eventType])
}

function required<T>(kind: Kind<T>): Field<T, true> {
  return { kind, isRequired: true }
}

function optional<T>(kind: Kind<T>): Field<T, false> {
  return { kind, isRequired: false }
}
