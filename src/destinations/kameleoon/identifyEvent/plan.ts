import { requireText } from '../invalid-field'
import { audienceChange, audienceWrites } from '../plan/audience'
import { customDataEvents } from '../plan/custom-data'
import { filtered, planOf } from '../plan/plan'
import type { Filtered, MapWrite, Plan } from '../plan/plan'
import { storableTraits } from '../plan/storable'
import { keysOfVisitor, linkWrites, storageOptions } from '../plan/stored-maps'
import type { StorageOptions } from '../plan/stored-maps'
import type { Visitor } from '../visitor'
import type { Payload } from './generated-types'

/**
 * Plans an identify call: its traits, a change of an audience if the traits have one, and the link from the Segment ids to
 * the visitor code.
 * @throws InvalidFieldError for traits that cannot be stored unchanged and for ids too long for a key
 */
export function planIdentifyEvent(payload: Payload, visitor: Visitor): Plan | Filtered {
  requireText(payload, 'type')
  requireText(payload, 'messageId')
  const options = storageOptions(payload)
  const change = audienceChange(payload, 'other')
  const mapWrites: MapWrite[] = [
    ...traitWrites(payload, visitor, options),
    ...(change ? audienceWrites(change, visitor, options) : []),
    ...(visitor.ids.userId !== undefined && !visitor.isUserId ? linkWrites(visitor, options) : [])
  ]
  const visitEvents = customDataEvents(payload.customData, payload.customDataLists)
  if (mapWrites.length + visitEvents.length > 0) return planOf({ mapWrites, visitEvents })
  return filtered('The identify call has no traits, so there is nothing to store.')
}

function traitWrites({ properties }: Payload, visitor: Visitor, options: StorageOptions): MapWrite[] {
  const fields = storableTraits(properties)
  if (Object.keys(fields).length === 0) return []
  return keysOfVisitor('identify', visitor).map((key) => ({ key, fields, ...options }))
}
