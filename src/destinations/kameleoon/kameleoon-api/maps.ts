import type { KameleoonClient } from './client'
import { UnreadableReplyError } from './errors'
import { jsonOf } from './http'
import type { HttpReply } from './http'
import { MAX_KEYS_PER_READ, MAX_KEYS_QUERY_LENGTH } from './limits'

/** A map as Kameleoon stores it under a key: field name to any JSON value; a field that is `null` counts as absent. */
export type StoredMap = Record<string, unknown>

/**
 * The maps of several keys, without their absent fields; an unknown key is missing from the result.
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
  // What Kameleoon answers when it knows none of the keys is not documented.
  const stored = reply.text.trim() === '' ? {} : jsonOf(reply)
  const maps = stored ?? {}
  if (typeof maps !== 'object' || Array.isArray(maps)) throw new UnreadableReplyError(reply.operation, 'map of maps')
  return new Map(Object.entries(maps).map(([key, fields]) => [key, present(fields)]))
}

/** Divides keys so that each part fits into one request of `readMaps`. */
export function readableParts(keys: readonly string[]): string[][] {
  const parts: string[][] = []
  let room = 0
  for (const key of keys) {
    const length = encodedLength(key)
    if (room < length || parts[parts.length - 1].length === MAX_KEYS_PER_READ) {
      parts.push([])
      room = MAX_KEYS_QUERY_LENGTH
    }
    parts[parts.length - 1].push(key)
    room -= length
  }
  return parts
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

/** Of a key inside the encoded list, with its comma. */
function encodedLength(key: string): number {
  return new URLSearchParams({ '': `${JSON.stringify(key)},` }).toString().length
}

function present(fields: unknown): StoredMap {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return {}
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}
