import { isRecord } from '../values'
import { ResponseError, UnreadableReplyError } from './errors'
import { jsonOf } from './http'
import type { HttpReply, KameleoonClient } from './http'
import { MAX_KEYS_PER_READ, MAX_KEYS_QUERY_LENGTH, packed } from './limits'

/**
 * Sends visit events of any number of visitors. Kameleoon answers before it reads the body.
 * https://docs.kameleoon.com/api-reference/visit/send-visitor-events
 * @param body JSON array of events, below 3 MB
 */
export function sendVisitEvents(client: KameleoonClient, body: string): Promise<HttpReply> {
  return client.call({
    method: 'POST',
    host: client.connection.dataHost,
    path: '/visit/events',
    query: { siteCode: client.connection.siteCode, json: 'true', bodyUa: 'true' },
    headers: { 'content-type': 'application/json' },
    body
  })
}

/** A map as Kameleoon stores it under a key: field name to any JSON value. A field that is `null` counts as absent. */
export type StoredMap = Record<string, unknown>

/**
 * Reads the maps of several keys, without fields that are `null`. A key under which nothing is stored is not in the result.
 * https://docs.kameleoon.com/api-reference/map/get-data-for-several-keys
 * @param keys at most 100, see `readableParts`
 * @throws UnreadableReplyError if the answer is anything else than maps of these keys
 */
export async function readMaps(client: KameleoonClient, keys: readonly string[]): Promise<Map<string, StoredMap>> {
  const call = {
    method: 'GET',
    host: client.connection.dataHost,
    path: '/map/maps',
    query: { siteCode: client.connection.siteCode, keys: JSON.stringify(keys) }
  } as const
  try {
    return storedMaps(await client.call(call), keys)
  } catch (error) {
    if (error instanceof ResponseError && error.status === 404) return new Map()
    throw error
  }
}

/**
 * What Kameleoon answers if nothing is stored is not documented; its own scripts take 404, no body and `null` for that.
 * Anything else that is not what was asked for may come from somewhere else, or be an error: taken for "nothing", it would
 * make the next write drop what is stored.
 */
function storedMaps(reply: HttpReply, keys: readonly string[]): Map<string, StoredMap> {
  const maps = reply.text.trim() === '' ? null : jsonOf(reply)
  const stored = new Map<string, StoredMap>()
  if (maps === null) return stored
  for (const [key, fields] of Object.entries(recordIn(reply, maps))) {
    if (!keys.includes(key))
      throw new UnreadableReplyError(reply.operation, 'maps of the keys that were asked for alone')
    if (fields !== null) stored.set(key, present(recordIn(reply, fields)))
  }
  return stored
}

function recordIn({ operation }: HttpReply, value: unknown): Record<string, unknown> {
  if (!isRecord(value)) throw new UnreadableReplyError(operation, 'map of maps')
  return value
}

/** The maps of any number of keys, read one request after the other. */
export async function readAllMaps(client: KameleoonClient, keys: readonly string[]): Promise<Map<string, StoredMap>> {
  const maps = new Map<string, StoredMap>()
  for (const part of readableParts(keys)) for (const [key, map] of await readMaps(client, part)) maps.set(key, map)
  return maps
}

/** Divides keys so that each part fits into one request of `readMaps`. */
export function readableParts(keys: readonly string[]): string[][] {
  return packed(keys, [
    { most: MAX_KEYS_PER_READ, sizeOf: () => 1 },
    { most: MAX_KEYS_QUERY_LENGTH, sizeOf: encodedLength }
  ])
}

/**
 * Writes whole maps. Kameleoon answers before it reads the body.
 * https://docs.kameleoon.com/api-reference/map/update-data-for-several-keys
 * @param body JSON of key to map, at most 1 MB
 */
export function writeMaps(client: KameleoonClient, body: string, ttlHours: number): Promise<HttpReply> {
  return client.call({
    method: 'POST',
    host: client.connection.dataHost,
    path: '/map/maps',
    query: { siteCode: client.connection.siteCode, ttlHours: String(ttlHours) },
    headers: { 'content-type': 'application/json' },
    body
  })
}

/**
 * Asks Kameleoon to erase its data about these visitors.
 * https://docs.kameleoon.com/api-reference/visit/remove-data-for-several-visitors
 * @param visitorCodes each at most 100 characters, without line breaks
 */
export function forgetVisitors(client: KameleoonClient, visitorCodes: readonly string[]): Promise<HttpReply> {
  return client.call({
    method: 'POST',
    host: client.connection.dataHost,
    path: '/visit/forget',
    query: { siteCode: client.connection.siteCode },
    headers: { 'content-type': 'text/plain' },
    body: visitorCodes.join('\n')
  })
}

/** Characters that a key takes in the encoded list, with its comma. */
function encodedLength(key: string): number {
  return new URLSearchParams({ '': `${JSON.stringify(key)},` }).toString().length
}

export function present(fields: StoredMap): StoredMap {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}
