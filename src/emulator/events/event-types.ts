import type { KindName } from './kinds'
import { LIMITS } from '../limits'

export interface Field {
  kind: KindName
  required?: true
  /** Kameleoon keeps this many characters of the value. */
  cutAt?: number
}

const pageText: Field = { kind: 'text', cutAt: LIMITS.pageTextLength }
const text: Field = { kind: 'text' }
const integer: Field = { kind: 'integer' }
const number: Field = { kind: 'number' }
const boolean: Field = { kind: 'boolean' }
const requiredInteger: Field = { kind: 'integer', required: true }

/**
 * The fields of every event type that integrations send, as Kameleoon's SDKs and browser script send them.
 * https://docs.kameleoon.com/api-reference/visit/send-visitor-events , https://github.com/Kameleoon/client-go
 */
export const EVENT_TYPES = {
  PAGE: {
    // Kameleoon's SDKs never send a page without an address.
    href: { kind: 'address', required: true, cutAt: LIMITS.pageTextLength },
    title: pageText,
    referrersIndices: { kind: 'integers' },
    keyPagesIndices: { kind: 'pageIndices' },
    canonicalHref: text,
    referrerHref: text
  },
  CONVERSION: {
    goalId: requiredInteger,
    revenue: { kind: 'amount' },
    negative: boolean,
    metadata: { kind: 'metadata' }
  },
  CUSTOMDATA: {
    index: requiredInteger,
    valuesCountMap: { kind: 'counts', required: true },
    overwrite: boolean,
    mappingIdentifier: boolean
  },
  STATICDATA: {
    deviceType: { kind: 'deviceType' },
    browser: text,
    browserIndex: integer,
    browserVersion: { kind: 'version' },
    os: { kind: 'operatingSystem' },
    osIndex: integer,
    visitNumber: integer,
    timeSincePreviousVisit: integer,
    screenWidth: integer,
    screenHeight: integer,
    windowWidth: integer,
    windowHeight: integer,
    timeZoneId: text,
    localeLanguageTag: text,
    experimentInfluences: { kind: 'object' },
    personalizationInfluences: { kind: 'object' }
  },
  EXPERIMENT: { id: requiredInteger, variationId: requiredInteger },
  PERSONALIZATION: { id: requiredInteger, variationId: requiredInteger, unexpositionCause: text },
  TARGETINGSEGMENT: { id: requiredInteger },
  GEOLOCATION: {
    country: text,
    region: text,
    city: text,
    postalCode: text,
    latitude: number,
    longitude: number
  },
  ACTIVITY: {}
} satisfies Record<string, Record<string, Field>>

export type EventType = keyof typeof EVENT_TYPES

/** Parameters that every event may have. They are checked separately. */
export const COMMON_PARAMETERS = ['eventType', 'nonce', 'visitorCode', 'mappingValue', 'userAgent']

/** The event type with this name in upper or lower case (`CUSTOMDATA`, `customData`), or undefined. */
export function eventTypeNamed(name: unknown): EventType | undefined {
  const upper = typeof name === 'string' ? name.toUpperCase() : ''
  return eventTypes.find((eventType) => eventType === upper)
}

/** The fields of an event type, by name. */
export function fieldsOf(eventType: EventType): Map<string, Field> {
  return fields[eventType]
}

// Object.keys returns plain strings; the keys of this constant are its type's keys.
const eventTypes = Object.keys(EVENT_TYPES) as EventType[]

const fields = Object.fromEntries(
  Object.entries(EVENT_TYPES).map(([eventType, table]) => [eventType, new Map<string, Field>(Object.entries(table))])
  // Object.fromEntries loses the type of the keys, which are those of the constant.
) as Record<EventType, Map<string, Field>>
