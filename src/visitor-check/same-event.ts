import { isDeepStrictEqual } from 'util'
import { hasOwn, isRecord, memberOf } from '../segment-host'
import type { Fields } from './visit-event'

/** The fields by which an event is recognised. Of types that are not here, it is every field that was sent. */
const IDENTIFYING: Record<string, string[]> = {
  CONVERSION: ['goalId', 'revenue', 'negative'],
  CUSTOMDATA: ['index', 'valuesCountMap'],
  PAGE: ['href'],
  EXPERIMENT: ['id', 'variationId'],
  PERSONALIZATION: ['id', 'variationId']
}

/** What Kameleoon takes when a field is missing. */
const DEFAULTS: Fields = { revenue: 0, negative: false, valuesCountMap: {}, metadata: {}, overwrite: false }

/** Kameleoon keeps so many characters of addresses and titles. */
const KEPT_CHARACTERS = 200

interface ComparedEvent {
  eventType: string
  fields: Fields
}

/** Whether a found event can be the one that was sent. */
export function isSameEvent(sent: ComparedEvent, found: ComparedEvent): boolean {
  if (sent.eventType !== found.eventType) return false
  const names = hasOwn(IDENTIFYING, sent.eventType) ? IDENTIFYING[sent.eventType] : Object.keys(sent.fields)
  return names.every((name) => isSameValue(name, sent.fields, found.fields))
}

/** Names of the fields that were sent and are shown with another value, or not at all. */
export function differingFields(sent: Fields, found: Fields): string[] {
  return Object.keys(sent).filter((name) => !isSameValue(name, sent, found))
}

function isSameValue(name: string, sent: Fields, found: Fields): boolean {
  return isDeepStrictEqual(comparable(name, sent[name]), comparable(name, found[name]))
}

function comparable(name: string, given: unknown): unknown {
  const value = given ?? DEFAULTS[name]
  if (name === 'valuesCountMap') return valuesIn(value)
  if (name === 'metadata') return metadataIn(value)
  return (name === 'href' || name === 'title') && typeof value === 'string' ? value.slice(0, KEPT_CHARACTERS) : value
}

/** How often a value was set may be a sum, so only the values are compared. */
function valuesIn(counts: unknown): string[] {
  return isRecord(counts) ? Object.keys(counts).sort() : []
}

/**
 * Metadata is sent as index to values. Kameleoon's JavaScript SDK declares it as a list of custom data events where it is
 * read; which of both comes is not known, so both are understood.
 */
function metadataIn(metadata: unknown): Fields {
  const entries: [string, string[]][] = Array.isArray(metadata)
    ? metadata.map((event: unknown) => {
        const data = memberOf(event, 'data') ?? event
        return [String(memberOf(data, 'index')), valuesIn(memberOf(data, 'valuesCountMap'))]
      })
    : Object.entries(isRecord(metadata) ? metadata : {}).map(([index, values]) => [index, [values].flat().map(String)])
  return Object.fromEntries(entries.map(([index, values]) => [index, [...values].sort()]))
}
