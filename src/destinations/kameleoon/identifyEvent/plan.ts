import { requireText } from '../invalid-field'
import type { StoredMap } from '../kameleoon-api/data-api'
import { audienceChange, audienceWrites } from '../plan/audience'
import { crossDeviceEvents, customDataEvents } from '../plan/custom-data'
import { filtered, planOf } from '../plan/plan'
import type { Filtered, MapWrite, Plan } from '../plan/plan'
import { storableTraits, storedTraitNames } from '../plan/storable'
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
  const storedTraits = storedTraitNames(payload.storedTraits)
  const change = audienceChange(payload, 'other')
  const mapWrites: MapWrite[] = [
    ...traitWrites(storableTraits(payload.properties, storedTraits), visitor, options),
    ...(change ? audienceWrites(change, visitor, options) : []),
    ...(visitor.ids.userId !== undefined && visitor.identifiedBy === 'visitor code' ? linkWrites(visitor, options) : [])
  ]
  const visitEvents = [
    ...customDataEvents(payload.customData, payload.customDataLists),
    ...crossDeviceEvents(payload, visitor)
  ]
  if (mapWrites.length + visitEvents.length > 0) return planOf({ mapWrites, visitEvents })
  return filtered(
    storedTraits === undefined
      ? 'The identify call has no traits, so there is nothing to store.'
      : 'The identify call has none of the traits that the mapping stores (Stored Traits).'
  )
}

function traitWrites(fields: StoredMap, visitor: Visitor, options: StorageOptions): MapWrite[] {
  if (Object.keys(fields).length === 0) return []
  return keysOfVisitor('identify', visitor).map((key) => ({ key, fields, ...options }))
}
