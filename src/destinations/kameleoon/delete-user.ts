import { PayloadValidationError } from '@segment/actions-core'
import type { DestinationDefinition } from '@segment/actions-core'
import { kameleoonClient } from './kameleoon-api/client'
import type { KameleoonClient } from './kameleoon-api/client'
import { forgetVisitors } from './kameleoon-api/forget'
import { MAX_MAP_KEY_LENGTH, MAX_MAPS_BYTES, MIN_TTL_HOURS } from './kameleoon-api/limits'
import { readableParts, readMaps, writeMaps } from './kameleoon-api/maps'
import type { StoredMap } from './kameleoon-api/maps'
import { projectOf } from './kameleoon-api/project'
import { failureOf } from './delivery/failure'
import { errorOf } from './delivery/thrown'
import type { Settings } from './generated-types'
import { connectionFrom } from './settings'
import { LINK_FIELD } from './plan/stored-maps'
import { KEY_PREFIXES } from './plan/stored-maps'
import { hasLoneSurrogate } from './values'
import { visitorCodeOf } from './visitor'

/**
 * Segment's request to delete a user carries no visitor code, only the user's ids: the linked visitor code is looked up,
 * Kameleoon is asked to forget it and the ids, and everything stored under them is emptied.
 */
export const onDelete: NonNullable<DestinationDefinition<Settings>['onDelete']> = async (
  request,
  { settings, payload }
) => {
  const ids = [payload.userId, payload.anonymousId].filter(
    (id): id is string => typeof id === 'string' && id.trim() !== ''
  )
  if (ids.length === 0) throw new PayloadValidationError('userId and anonymousId are missing: nobody to delete.')
  try {
    return await erase(kameleoonClient(request, connectionFrom(settings)), [...new Set(ids.map((id) => id.trim()))])
  } catch (error) {
    throw errorOf(failureOf(error))
  }
}

async function erase(client: KameleoonClient, ids: string[]) {
  const { mapLocks, links } = projectOf(client.connection)
  const linkKeys = keysOf(KEY_PREFIXES.link, ids)
  // A write under way holds all its keys at once: after this wait its link is there, and with it the visitor's code.
  const codes = await mapLocks.run(linkKeys, () => linkedCodes(client, linkKeys))
  const everyId = [...new Set([...codes, ...ids])]
  const keys = [...keysOf(KEY_PREFIXES.identify, everyId), ...keysOf(KEY_PREFIXES.cohorts, everyId), ...linkKeys]
  const visitorCodes = everyId.filter(isVisitorCode)
  await mapLocks.run(keys, async () => {
    if (visitorCodes.length > 0) await forgetVisitors(client, visitorCodes)
    await empty(client, keys)
    for (const key of linkKeys) links.delete(key)
  })
  return { forgotten: visitorCodes }
}

async function linkedCodes(client: KameleoonClient, linkKeys: string[]): Promise<string[]> {
  const codes = [...(await readAll(client, linkKeys)).values()].map((map) => map[LINK_FIELD])
  return codes.filter((code): code is string => typeof code === 'string')
}

async function readAll(client: KameleoonClient, keys: string[]): Promise<Map<string, StoredMap>> {
  const maps = new Map<string, StoredMap>()
  for (const part of readableParts(keys)) for (const [key, map] of await readMaps(client, part)) maps.set(key, map)
  return maps
}

/** Where writes merge, `null` removes each field; where they replace, the empty map removes the rest. Both are sent. */
async function empty(client: KameleoonClient, keys: string[]): Promise<void> {
  const stored = [...(await readAll(client, keys))]
  const fields = stored.flatMap(([key, map]) => Object.keys(map).map((name): StoredField => ({ key, name })))
  for (const part of writableParts(fields)) await writeMaps(client, JSON.stringify(removal(part)), MIN_TTL_HOURS)
  for (const part of readableParts(keys)) {
    await writeMaps(client, JSON.stringify(Object.fromEntries(part.map((key) => [key, {}]))), MIN_TTL_HOURS)
  }
}

interface StoredField {
  key: string
  name: string
}

function removal(fields: StoredField[]): Record<string, StoredMap> {
  const maps = Object.fromEntries(fields.map(({ key }): [string, StoredMap] => [key, {}]))
  for (const { key, name } of fields) maps[key][name] = null
  return maps
}

/** Divides fields so that setting all of one part to `null` fits into one request. */
function writableParts(fields: StoredField[]): StoredField[][] {
  const parts: StoredField[][] = []
  let room = 0
  for (const field of fields) {
    const bytes = Buffer.byteLength(JSON.stringify(removal([field])))
    if (room < bytes) {
      parts.push([])
      room = MAX_MAPS_BYTES
    }
    parts[parts.length - 1].push(field)
    room -= bytes
  }
  return parts
}

/** An id that makes the key too long, or cannot be written as UTF-8, was never stored. */
function keysOf(prefix: string, ids: string[]): string[] {
  return ids.map((id) => prefix + id).filter((key) => key.length <= MAX_MAP_KEY_LENGTH && !hasLoneSurrogate(key))
}

function isVisitorCode(id: string): boolean {
  try {
    return visitorCodeOf(id, 'userId') === id
  } catch {
    return false
  }
}
