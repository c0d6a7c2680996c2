import { InvalidFieldError, optionalNumber, rejectLoneSurrogate } from '../invalid-field'
import { DEFAULT_TTL_HOURS, MAX_MAP_KEY_LENGTH, MAX_TTL_HOURS, MIN_TTL_HOURS } from '../kameleoon-api/limits'
import { hasLoneSurrogate } from '../values'
import type { Visitor } from '../visitor'
import type { MapWrite } from './plan'

/**
 * Start of the keys of stored maps, by what the map holds: `identify` traits, `cohorts` audiences, `link` the visitor code
 * of a Segment id. Kameleoon's own scripts look for the first two; the third belongs to this destination.
 * https://docs.kameleoon.com/user-manual/integrations/as-a-destination/cdp/segment/setting-up-segment
 */
export const KEY_PREFIXES = { identify: 'IDENTIFY_', cohorts: 'COHORTS_', link: 'LINK_' } as const

export type KeyKind = keyof typeof KEY_PREFIXES

/** The only field of a `LINK_` map: the visitor code. */
export const LINK_FIELD = 'kameleoonVisitorCode'

/** @throws InvalidFieldError for an id that Kameleoon cannot store as part of a key; the key is never cut */
function storedKey(kind: KeyKind, id: string, field: string): string {
  const prefix = KEY_PREFIXES[kind]
  const key = prefix + id
  if (key.length > MAX_MAP_KEY_LENGTH) {
    const room = MAX_MAP_KEY_LENGTH - prefix.length
    throw new InvalidFieldError(field, `has ${id.length} characters; stored as ${prefix}… it can have ${room} at most.`)
  }
  rejectLoneSurrogate(id, field)
  return key
}

/** The keys of ids under which something may be stored: all except those that cannot be stored. */
export function possibleKeys(kind: KeyKind, ids: readonly string[]): string[] {
  return ids
    .map((id) => KEY_PREFIXES[kind] + id)
    .filter((key) => key.length <= MAX_MAP_KEY_LENGTH && !hasLoneSurrogate(key))
}

/**
 * The keys of a visitor: one for the visitor code and, if it differs, one for the Segment user id. A page reads its data by
 * either of them.
 */
export function keysOfVisitor(kind: KeyKind, { visitorCode, identifiedBy, ids: { userId } }: Visitor): string[] {
  const keys = [storedKey(kind, visitorCode, identifiedBy === 'visitor code' ? 'kameleoonVisitorCode' : 'userId')]
  if (userId !== undefined && userId !== visitorCode) keys.push(storedKey(kind, userId, 'userId'))
  return keys
}

export const EXISTING_DATA = ['keep', 'replace'] as const

export interface StorageFields {
  /** Default: 2208, about 92 days. */
  ttlHours?: number
  /** One of `EXISTING_DATA`. Default: keep. */
  existingData?: string
}

export interface StorageOptions {
  /** Whole hours, 1 to 8784. */
  ttlHours: number
  /** Whether fields that are stored already stay. */
  keepsExisting: boolean
}

/** Reads how long data is stored and whether stored fields stay. @throws InvalidFieldError for a time outside 1 to 8784 hours */
export function storageOptions({ ttlHours: hours, existingData }: StorageFields): StorageOptions {
  const ttlHours = optionalNumber(hours, 'ttlHours') ?? DEFAULT_TTL_HOURS
  if (!Number.isInteger(ttlHours) || ttlHours < MIN_TTL_HOURS || ttlHours > MAX_TTL_HOURS) {
    throw new InvalidFieldError(
      'ttlHours',
      `must be a whole number from ${MIN_TTL_HOURS} to ${MAX_TTL_HOURS}, but it is the number ${ttlHours}.`
    )
  }
  return { ttlHours, keepsExisting: existingData !== 'replace' }
}

/** The visitor code to which a write links the id in its key; undefined if the write is no link. */
export function linkIn({ key, fields }: MapWrite): string | undefined {
  const visitorCode = fields[LINK_FIELD]
  return key.startsWith(KEY_PREFIXES.link) && typeof visitorCode === 'string' ? visitorCode : undefined
}

/**
 * Links the Segment ids of a visitor to the visitor code. An id that equals the visitor code needs no link. Where the mapping
 * uses Kameleoon's cross-device id, no event is attributed by a link, but the deletion of a user needs it all the same.
 */
export function linkWrites({ visitorCode, ids }: Visitor, { ttlHours }: StorageOptions): MapWrite[] {
  return (['userId', 'anonymousId'] as const).flatMap((field) => {
    const id = ids[field]
    if (id === undefined || id === visitorCode) return []
    return [
      { key: storedKey('link', id, field), fields: { [LINK_FIELD]: visitorCode }, ttlHours, keepsExisting: false }
    ]
  })
}
