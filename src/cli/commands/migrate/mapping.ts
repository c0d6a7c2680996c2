import { isDeepStrictEqual } from 'util'
import { defaultValues, type BaseActionDefinition, type JSONObject, type JSONValue } from '@segment/actions-core'
import { directiveFault, isRecord } from '../../../segment-host'
import type { JsonRecord } from './public-api'

/** Keys that Segment itself writes into mappings. */
const SEGMENT_KEY = '__segment_internal_'

/** What is known of an official action. */
export interface OfficialAction {
  /** Its fields, all of which exist here. */
  fields: readonly string[]
  /** Its defaults that are others here. */
  defaults: JSONObject
}

export interface CarriedMapping {
  mapping: JSONObject
  changed: string[]
  added: string[]
  toDo: string[]
  notes: string[]
}

/**
 * The mapping of an official subscription as one of an action here. What the user changed or emptied stays so. Fields that
 * the official action does not have get their defaults. Manual steps are listed in `toDo`.
 */
export function carryMapping(
  settings: JsonRecord,
  partnerAction: string,
  { fields }: BaseActionDefinition,
  official: OfficialAction
): CarriedMapping {
  const defaults = defaultValues(fields)
  const carried: CarriedMapping = { mapping: {}, changed: [], added: [], toDo: [], notes: [] }
  const isEmpty = Object.keys(settings).length === 0
  if (isEmpty)
    carried.toDo.push("the export has no mapping; the defaults were taken, compare them with what Segment's page shows")
  for (const [key, value] of Object.entries(settings)) {
    const isDefault = key in official.defaults && isDeepStrictEqual(value, official.defaults[key])
    carryField(key, isDefault ? defaults[key] : value, fields, defaults, carried)
  }
  for (const [key, field] of Object.entries(fields)) {
    // An empty text is no mapping either, and a required field needs one.
    const isMissing = field.required === true && carried.mapping[key] === ''
    if ((key in carried.mapping && !isMissing) || !(key in defaults)) continue
    if (official.fields.includes(key) && !isEmpty && field.required !== true) continue
    carried.mapping[key] = defaults[key]
    if (!official.fields.includes(key)) carried.added.push(key)
    else if (!isEmpty) carried.toDo.push(`"${key}" is required and had no mapping that works; its default was taken`)
  }
  if (partnerAction === 'logEvent') followRevenue(carried)
  return carried
}

function carryField(
  key: string,
  value: unknown,
  fields: BaseActionDefinition['fields'],
  defaults: JSONObject,
  { mapping, changed, toDo }: CarriedMapping
): void {
  if (value === null || value === undefined) return
  if (!(key in fields) && !key.startsWith(SEGMENT_KEY)) {
    toDo.push(`"${key}" is a field that neither destination has; its mapping ${JSON.stringify(value)} was removed`)
    return
  }
  // What JSON.parse gave is JSON.
  const json = value as JSONValue
  const fault = directiveFault(key, json)
  if (fault) {
    toDo.push(`"${key}" was removed, since Segment cannot read its mapping: ${fault}`)
    return
  }
  mapping[key] = json
  if (isDeepStrictEqual(json, defaults[key])) return
  changed.push(key)
  const risk = riskOf(key, json)
  if (risk) toDo.push(risk)
}

/**
 * The official destination used the mapped properties only, so an amount in them stays the revenue. The total of orders
 * needs no mapping: it is read from the mapped properties.
 */
function followRevenue({ mapping, changed, added, toDo, notes }: CarriedMapping): void {
  if (!changed.includes('properties')) return
  const revenue = revenueFor(mapping.properties)
  if (revenue === undefined) {
    toDo.push('"properties" was changed, and it is unknown whether it has an amount; check "revenue"')
  } else if (revenue === null) {
    delete mapping.revenue
    added.splice(added.indexOf('revenue'), 1)
    notes.push('"revenue" is empty, since the changed "properties" have none; the total of orders in them counts')
  } else {
    mapping.revenue = revenue
    notes.push('"revenue" is taken from where the changed "properties" have it')
  }
}

/** A warning about changed fields that this destination uses in more ways than the official one. */
function riskOf(key: string, value: JSONValue): string | undefined {
  if (key === 'type') {
    return '"type" was changed; here it is part of goal names and separates screen from track calls, so check it'
  }
  if (key === 'messageId') {
    return '"messageId" was changed; repeated events are recognised by it, so it must differ for each event'
  }
  if (key === 'timestamp' && typeof value === 'string') {
    return '"timestamp" is one fixed text for all events; here the order of events and their age depend on it'
  }
  return undefined
}

/**
 * Where the amount of a conversion is when a user has mapped `properties` in a way of their own.
 * @param properties the mapping of `properties`
 * @returns a mapping for `revenue`; null if those properties hold no amount; undefined if that is unknown
 */
export function revenueFor(properties: JSONValue | undefined): JSONValue | null | undefined {
  if (properties === undefined) return null
  if (!isRecord(properties)) return undefined
  const path = properties['@path']
  if (typeof path === 'string') return { '@path': `${path}.revenue` }
  if (Object.keys(properties).some((key) => key.startsWith('@'))) return undefined
  return properties.revenue ?? null
}
