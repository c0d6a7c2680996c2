import { isRecord } from '../values'
import { UnreadableReplyError } from './errors'
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
 */
export async function readMaps(client: KameleoonClient, keys: readonly string[]): Promise<Map<string, StoredMap>> {
  const reply = await client.call({
    method: 'GET',
    host: client.connection.dataHost,
    path: '/map/maps',
    query: { siteCode: client.connection.siteCode, keys: JSON.stringify(keys) }
  })
  // Kameleoon's answer if nothing is stored under any of the keys is not documented.
  const stored = reply.text.trim() === '' ? {} : jsonOf(reply)
  const maps = stored ?? {}
  if (!isRecord(maps)) throw new UnreadableReplyError(reply.operation, 'map of maps')
  return new Map(Object.entries(maps).map(([key, fields]) => [key, present(fields)]))
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

function present(fields: unknown): StoredMap {
  if (!isRecord(fields)) return {}
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}
