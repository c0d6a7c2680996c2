import { MAX_MAP_KEY_LENGTH } from '../kameleoon-api/limits'
import { InvalidFieldError } from '../errors'
import { hasLoneSurrogate } from '../text'
import type { Visitor } from '../visitor/visitor'

/**
 * Keys under which Kameleoon's own scripts look for Segment data.
 * https://docs.kameleoon.com/user-manual/integrations/as-a-destination/cdp/segment/setting-up-segment
 * LINK_ is this destination's: a Segment id to the visitor code it belongs to.
 */
export const KEY_PREFIXES = { identify: 'IDENTIFY_', cohorts: 'COHORTS_', link: 'LINK_' } as const

export type KeyKind = keyof typeof KEY_PREFIXES

/** @throws InvalidFieldError for an id that makes the key longer than Kameleoon takes; it is never cut */
export function storedKey(kind: KeyKind, id: string, field: string): string {
  const key = KEY_PREFIXES[kind] + id
  if (key.length > MAX_MAP_KEY_LENGTH) {
    const room = MAX_MAP_KEY_LENGTH - KEY_PREFIXES[kind].length
    throw new InvalidFieldError(
      field,
      `has ${id.length} characters; stored as ${KEY_PREFIXES[kind]}… it can have ${room} at most.`
    )
  }
  if (hasLoneSurrogate(id)) {
    throw new InvalidFieldError(field, 'is a string with half a Unicode character (a lone surrogate).')
  }
  return key
}

/** Keys for the visitor code and, when it differs, the Segment user id: Kameleoon's page lets its readers use either. */
export function keysOfVisitor(kind: KeyKind, { visitorCode, isUserId }: Visitor, userId: string | undefined): string[] {
  const keys = [storedKey(kind, visitorCode, isUserId ? 'userId' : 'kameleoonVisitorCode')]
  const id = userId?.trim()
  if (id && id !== visitorCode) keys.push(storedKey(kind, id, 'userId'))
  return keys
}
