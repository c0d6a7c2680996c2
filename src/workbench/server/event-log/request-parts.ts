import type { TracedExchange } from '../../../segment-host'
import type { SentParts } from './batch-trace'

/** What a request is about: visit events, with their types by nonce; maps, by key; or a goal to create, by name. */
export interface RequestParts {
  types: ReadonlyMap<string, string>
  keys: ReadonlySet<string>
  goal: string | null
  /** It asks for these maps and changes nothing. */
  isReading: boolean
}

const NOTHING: RequestParts = { types: new Map(), keys: new Set(), goal: null, isReading: false }

/** The parts of a request; null for one that is about no event in particular, such as for a token. */
export function requestParts({ method, url, body }: TracedExchange): RequestParts | null {
  const { pathname, searchParams } = new URL(url)
  const content = fromJson(body ?? '')
  if (method === 'POST' && pathname === '/visit/events') return { ...NOTHING, types: new Map(typesIn(content)) }
  if (method === 'POST' && pathname === '/map/maps')
    return { ...NOTHING, keys: new Set(Object.keys(objectOf(content))) }
  if (method === 'POST' && pathname === '/goals') return { ...NOTHING, goal: String(objectOf(content).name) }
  if (method !== 'GET' || pathname !== '/map/maps') return null
  const keys = fromJson(searchParams.get('keys') ?? '')
  return { ...NOTHING, isReading: true, keys: new Set(Array.isArray(keys) ? keys.map(String) : []) }
}

/**
 * The parts of a request that are of one event. A destination tells only of maps it has written which event they are of;
 * of all others, those under the event's own ids are.
 * @param ids ids of the event, where it is not known what was written for it
 */
export function ownedPart({ types, keys }: RequestParts, sent: SentParts, ids: ReadonlySet<string>): SentParts {
  const ofIds = [...keys].filter((key) => ids.has(key.slice(key.indexOf('_') + 1)))
  return {
    ...sent,
    nonces: sent.nonces.filter((nonce) => types.has(nonce)),
    keys: [...new Set([...sent.keys.filter((key) => keys.has(key)), ...ofIds])]
  }
}

/** Goals are named after events, alone or as in `SegmentIO track - Order Completed`. */
export function isGoalOf({ goal }: RequestParts, { name }: SentParts): boolean {
  return goal !== null && name !== null && (goal === name || goal.endsWith(` - ${name.trim()}`))
}

/** The maps that a request asked for and was told, each by its key. */
export function storedIn(exchange: TracedExchange): Record<string, { fields: Record<string, unknown> }> {
  if (!requestParts(exchange)?.isReading) return {}
  const told = Object.entries(objectOf(fromJson(exchange.response?.body ?? '')))
  return Object.fromEntries(told.map(([key, fields]) => [key, { fields: objectOf(fields) }]))
}

function typesIn(events: unknown): [string, string][] {
  if (!Array.isArray(events)) return []
  return events.map((event) => [String(objectOf(event).nonce), String(objectOf(event).eventType)])
}

function objectOf(value: unknown): Record<string, unknown> {
  return Object(value) as Record<string, unknown>
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
