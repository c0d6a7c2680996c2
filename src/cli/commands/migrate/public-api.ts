import { isRecord, UsageError } from '../../../segment-host'

/**
 * A subscription as Segment's Public API returns it; `settings` is the mapping, `trigger` the query.
 * https://docs.segmentapis.com/tag/Destinations#operation/listSubscriptionsFromDestination
 */
export interface OfficialSubscription {
  name: string
  /** The action's key, or where the API leaves it out, its id. */
  action: string
  trigger: string
  enabled: boolean
  settings: JsonRecord
  /** Set for a Reverse ETL connection only: it reads a model and no events. */
  modelId: string
}

export interface OfficialExport {
  from: 'official'
  subscriptions: OfficialSubscription[]
  /** Whether the API has more of them than this file. */
  isPartial: boolean
}

/** A destination as `GET /destinations/{id}` returns it: the classic one has settings and no subscriptions. */
export interface ClassicExport {
  from: 'classic'
  settings: JsonRecord
  enabled: boolean
}

export type Export = OfficialExport | ClassicExport

/** Ids of Segment's catalog. https://segment.com/docs/connections/destinations/catalog/kameleoon/ and /actions-kameleoon/ */
const OFFICIAL_METADATA_ID = '652ea51a327a62b351aa12c0'

/**
 * What a file of the Public API holds: its subscriptions, or the settings of a classic destination. The wrapping `data`
 * may be there or not. Throws a UsageError that says what to fetch instead.
 * @param from the kind of export; recognised by the content when missing
 */
export function exportIn(content: unknown, from: Export['from'] | undefined, place: string): Export {
  const data = isRecord(content) && isRecord(content.data) ? content.data : content
  if (from === 'classic') return classicIn(data, place)
  const list = subscriptionsIn(data)
  if (list)
    return { from: 'official', subscriptions: list.map(subscriptionOf(place)), isPartial: isPartial(data, list) }
  if (from === undefined && isRecord(data)) return classicIn(data, place)
  throw new UsageError(`${place}: no subscriptions in it; fetch GET /destinations/{id}/subscriptions of the Public API`)
}

function subscriptionsIn(data: unknown): unknown[] | undefined {
  if (Array.isArray(data)) return data as unknown[]
  if (!isRecord(data)) return undefined
  if (Array.isArray(data.subscriptions)) return data.subscriptions as unknown[]
  const one = data.subscription ?? data.destinationSubscription
  return one === undefined ? undefined : [one]
}

function subscriptionOf(place: string): (entry: unknown, index: number) => OfficialSubscription {
  return (entry, index) => {
    if (!isRecord(entry)) throw new UsageError(`${place}: subscription ${index + 1} is not an object`)
    const action = textIn(entry, 'actionSlug') || textIn(entry, 'partnerAction') || textIn(entry, 'actionId')
    return {
      name: textIn(entry, 'name') || `Subscription ${index + 1}`,
      action,
      trigger: textIn(entry, 'trigger') || textIn(entry, 'subscribe'),
      enabled: entry.enabled !== false,
      settings: mappingIn(entry),
      modelId: textIn(entry, 'modelId')
    }
  }
}

/** Terraform's files keep the mapping as JSON in a string. */
function mappingIn(entry: JsonRecord): JsonRecord {
  if (typeof entry.settings !== 'string') return isRecord(entry.settings) ? entry.settings : recordIn(entry, 'mapping')
  try {
    const parsed: unknown = JSON.parse(entry.settings)
    return isRecord(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

function isPartial(data: unknown, list: unknown[]): boolean {
  const { next, totalEntries } = recordIn(data, 'pagination')
  return Boolean(next) || (typeof totalEntries === 'number' && totalEntries > list.length)
}

function classicIn(data: unknown, place: string): ClassicExport {
  const destination = isRecord(data) && isRecord(data.destination) ? data.destination : data
  if (textIn(recordIn(destination, 'metadata'), 'id') === OFFICIAL_METADATA_ID) {
    throw new UsageError(
      `${place}: this is the official destination without its mappings; fetch GET /destinations/{id}/subscriptions of the Public API`
    )
  }
  if (isRecord(destination)) {
    const settings = isRecord(destination.settings) ? destination.settings : destination
    if (siteCodeKeyIn(settings)) return { from: 'classic', settings, enabled: destination.enabled !== false }
  }
  throw new UsageError(
    `${place}: neither subscriptions of the official destination nor settings of the classic one (a sitecode) are in it`
  )
}

/** The key of the site code in settings, in any spelling (`siteCode`, `site_code`). */
export function siteCodeKeyIn(settings: JsonRecord): string | undefined {
  return Object.keys(settings).find((key) => key.toLowerCase().replace(/[^a-z]/g, '') === 'sitecode')
}

export type JsonRecord = Record<string, unknown>

/** The record under this key, or an empty one. */
export function recordIn(value: unknown, key: string): JsonRecord {
  const found = isRecord(value) ? value[key] : undefined
  return isRecord(found) ? found : {}
}

/** The text under this key, without surrounding spaces; empty if there is none. */
export function textIn(value: JsonRecord, key: string): string {
  const found = value[key]
  return typeof found === 'string' ? found.trim() : ''
}
