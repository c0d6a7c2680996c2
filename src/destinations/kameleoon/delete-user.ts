import { PayloadValidationError } from '@segment/actions-core'
import type { DestinationDefinition } from '@segment/actions-core'
import type { Settings } from './generated-types'
import { kameleoonClient } from './kameleoon-api/client'
import type { KameleoonClient } from './kameleoon-api/http'
import { forgetVisitors, readableParts, readAllMaps, writeMaps } from './kameleoon-api/data-api'
import type { StoredMap } from './kameleoon-api/data-api'
import { MAX_MAPS_BYTES, MIN_TTL_HOURS, packed } from './kameleoon-api/limits'
import { locked } from './kameleoon-api/locks'
import { projectOf } from './kameleoon-api/project'
import { errorOf, failureOf } from './delivery/failure'
import { LINK_FIELD, possibleKeys } from './plan/stored-maps'
import { placeholderNotes } from './placeholder'
import { connectionFrom } from './settings'
import { segmentId, visitorCodeOf } from './visitor'

/**
 * Deletes a user. Segment sends the ids of the user only, so the linked visitor code is looked up first. Then Kameleoon is
 * asked to forget the visitor code and the ids, and everything stored under them is emptied.
 * @throws PayloadValidationError if there is no id, and the errors of `errorOf` for failed calls
 */
export const onDelete: NonNullable<DestinationDefinition<Settings>['onDelete']> = async (
  request,
  { settings, payload }
) => {
  const found: string[] = []
  // What is linked to a placeholder may be anyone.
  const ids = (['userId', 'anonymousId'] as const)
    .map((field) => segmentId(payload[field], field, found))
    .filter((id): id is string => id !== undefined)
  if (ids.length === 0) {
    throw new PayloadValidationError(
      ['userId and anonymousId are missing: nobody to delete.', ...placeholderNotes(found)].join(' ')
    )
  }
  try {
    return await erase(kameleoonClient(request, connectionFrom(settings)), [...new Set(ids)])
  } catch (error) {
    throw errorOf(failureOf(error))
  }
}

async function erase(client: KameleoonClient, ids: string[]) {
  const { links } = projectOf(client.connection)
  const linkKeys = possibleKeys('link', ids)
  // A write that is under way holds all its keys at once, so after this wait its link and its other maps are stored.
  const linked = await locked(client, linkKeys, () => readAllMaps(client, linkKeys))
  const codes = [...linked.values()].map((map) => map[LINK_FIELD]).filter((code) => typeof code === 'string')
  const everyId = [...new Set([...codes, ...ids])]
  const dataKeys = [...possibleKeys('identify', everyId), ...possibleKeys('cohorts', everyId)]
  const visitorCodes = everyId.filter(isVisitorCode)
  await locked(client, [...dataKeys, ...linkKeys], async () => {
    if (visitorCodes.length > 0) await forgetVisitors(client, visitorCodes)
    // Links go last: when a deletion fails and is repeated, they are what leads to the rest.
    await empty(client, dataKeys)
    await empty(client, linkKeys)
    for (const key of linkKeys) links.delete(key)
  })
  return { forgotten: visitorCodes }
}

/** Where writes merge, `null` removes each field; where they replace, the empty map removes the rest. Both are sent. */
async function empty(client: KameleoonClient, keys: string[]): Promise<void> {
  const stored = [...(await readAllMaps(client, keys))]
  const fields = stored.flatMap(([key, map]) => Object.keys(map).map((name): StoredField => ({ key, name })))
  for (const part of packed(fields, [{ most: MAX_MAPS_BYTES, sizeOf: bytesAlone }])) {
    await writeMaps(client, JSON.stringify(removal(part)), MIN_TTL_HOURS)
  }
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

/** More than the field needs among others, so a part with such sizes always fits. */
function bytesAlone(field: StoredField): number {
  return Buffer.byteLength(JSON.stringify(removal([field])))
}

function isVisitorCode(id: string): boolean {
  try {
    return visitorCodeOf(id, 'userId') === id
  } catch {
    return false
  }
}
