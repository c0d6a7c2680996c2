import { memberOf, parsedJson, recordOf, type RecordedExchange } from '../../../segment-host'
import type { SentParts } from './batch-trace'

/** The content of a request: visit events with their types by nonce, keys of maps, or the name of a goal to create. */
export interface RequestParts {
  types: ReadonlyMap<string, string>
  keys: ReadonlySet<string>
  goal: string | null
  /** True when the request reads these maps and changes nothing. */
  isReading: boolean
}

const NOTHING: RequestParts = { types: new Map(), keys: new Set(), goal: null, isReading: false }

/** The parts of a request; null for a request that concerns all events, such as one for a token. */
export function requestParts({ method, url, body }: RecordedExchange): RequestParts | null {
  const { pathname, searchParams } = new URL(url)
  const content = parsedJson(body ?? '')
  if (method === 'POST' && pathname === '/visit/events') return { ...NOTHING, types: new Map(typesIn(content)) }
  if (method === 'POST' && pathname === '/map/maps')
    return { ...NOTHING, keys: new Set(Object.keys(recordOf(content))) }
  if (method === 'POST' && pathname === '/goals') return { ...NOTHING, goal: String(memberOf(content, 'name')) }
  if (method !== 'GET' || pathname !== '/map/maps') return null
  const keys = parsedJson(searchParams.get('keys') ?? '')
  return { ...NOTHING, isReading: true, keys: new Set(Array.isArray(keys) ? keys.map(String) : []) }
}

/**
 * The parts of a request that belong to one event: those that the destination reports as sent for it, and maps under the
 * event's ids. The destination reports no maps that it only read or that were not accepted.
 * @param ids ids of the event; empty where the reported parts are complete
 */
export function ownedPart({ types, keys }: RequestParts, sent: SentParts, ids: ReadonlySet<string>): SentParts {
  const ofIds = [...keys].filter((key) => ids.has(idOfKey(key)))
  return {
    ...sent,
    nonces: sent.nonces.filter((nonce) => types.has(nonce)),
    keys: [...new Set([...sent.keys.filter((key) => keys.has(key)), ...ofIds])]
  }
}

/** Keys of maps are a prefix and an id, as in `IDENTIFY_user-1`. */
export function idOfKey(key: string): string {
  return key.slice(key.indexOf('_') + 1)
}

/** Goals are named after events: the name alone, or as in `SegmentIO track - Order Completed`. */
export function isGoalOf({ goal }: RequestParts, { name }: SentParts): boolean {
  return goal !== null && name !== null && (goal === name || goal.endsWith(` - ${name.trim()}`))
}

/** The maps in the answer to a request that reads maps, by key. */
export function storedIn(exchange: RecordedExchange): Record<string, { fields: Record<string, unknown> }> {
  if (!requestParts(exchange)?.isReading) return {}
  const maps = Object.entries(recordOf(parsedJson(exchange.response?.body ?? '')))
  return Object.fromEntries(maps.map(([key, fields]) => [key, { fields: recordOf(fields) }]))
}

function typesIn(events: unknown): [string, string][] {
  if (!Array.isArray(events)) return []
  return events.map((event) => [String(memberOf(event, 'nonce')), String(memberOf(event, 'eventType'))])
}
