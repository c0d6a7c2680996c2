import { PayloadValidationError } from '@segment/actions-core'
import type { DestinationDefinition } from '@segment/actions-core'
import { kameleoonClient } from './api/client'
import type { KameleoonClient } from './api/client'
import { forgetVisitors } from './api/forget'
import { MAX_MAP_KEY_LENGTH, MIN_TTL_HOURS } from './api/limits'
import { readMaps, writeMaps } from './api/maps'
import { projectOf } from './api/project'
import { failureOf } from './delivery/failure'
import { errorOf } from './delivery/thrown'
import type { Settings } from './generated-types'
import { connectionFrom } from './settings'
import { LINK_FIELD } from './telling/links'
import { KEY_PREFIXES } from './telling/stored-keys'
import { hasLoneSurrogate } from './text'
import { visitorCodeOf } from './visitor/visitor-code'

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
  const links = keysOf(KEY_PREFIXES.link, ids)
  const linked = links.length > 0 ? await readMaps(client, links) : new Map<string, Record<string, unknown>>()
  const codes = [...linked.values()]
    .map((map) => map[LINK_FIELD])
    .filter((code): code is string => typeof code === 'string')
  const everyId = [...new Set([...codes, ...ids])]
  const visitorCodes = everyId.filter(isVisitorCode)
  if (visitorCodes.length > 0) await forgetVisitors(client, visitorCodes)
  await empty(client, [...keysOf(KEY_PREFIXES.identify, everyId), ...keysOf(KEY_PREFIXES.cohorts, everyId), ...links])
  for (const key of links) projectOf(client.connection).links.delete(key)
  return { forgotten: visitorCodes }
}

/** Where writes merge, `null` removes each field; where they replace, the empty map removes the rest. Both are sent. */
async function empty(client: KameleoonClient, keys: string[]): Promise<void> {
  if (keys.length === 0) return
  const stored = [...(await readMaps(client, keys))].filter(([, map]) => Object.keys(map).length > 0)
  const removed = stored.map(([key, map]) => [key, Object.fromEntries(Object.keys(map).map((field) => [field, null]))])
  if (removed.length > 0) await writeMaps(client, JSON.stringify(Object.fromEntries(removed)), MIN_TTL_HOURS)
  await writeMaps(client, JSON.stringify(Object.fromEntries(keys.map((key) => [key, {}]))), MIN_TTL_HOURS)
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
