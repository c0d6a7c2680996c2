import type { Visitor } from '../visitor/visitor'
import type { StorageOptions } from './storage-options'
import { storedKey } from './stored-keys'
import type { MapWrite } from './plan'

/** The only field of a `LINK_` map. */
export const LINK_FIELD = 'kameleoonVisitorCode'

export interface LinkedIds {
  userId?: string
  anonymousId?: string
}

/** Stores which visitor a Segment user is; ids that are the visitor code themselves need no link. */
export function linkWrites({ visitorCode }: Visitor, ids: LinkedIds, { ttlHours }: StorageOptions): MapWrite[] {
  return (['userId', 'anonymousId'] as const).flatMap((field) => {
    const id = ids[field]?.trim()
    if (!id || id === visitorCode) return []
    return [
      { key: storedKey('link', id, field), fields: { [LINK_FIELD]: visitorCode }, ttlHours, keepsExisting: false }
    ]
  })
}
