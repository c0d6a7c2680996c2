import { audienceChange, audienceWrites } from '../plan/audience'
import { customDataEvents } from '../plan/custom-data'
import { linkWrites } from '../plan/links'
import { storableTraits } from '../plan/storable'
import { storageOptions } from '../plan/storage-options'
import { keysOfVisitor } from '../plan/stored-keys'
import { requireText } from '../plan/required-text'
import { filtered, planOf } from '../plan/plan'
import type { Filtered, MapWrite, Plan } from '../plan/plan'
import type { Visitor } from '../visitor/visitor'
import type { Payload } from './generated-types'

/**
 * Identify calls: the traits, an audience membership among them, and which visitor the user is.
 * @throws InvalidFieldError for traits that cannot be stored unchanged and for ids too long for a key
 */
export function planIdentifyEvent(payload: Payload, visitor: Visitor): Plan | Filtered {
  requireText(payload, 'type')
  requireText(payload, 'messageId')
  const options = storageOptions(payload)
  const change = audienceChange(payload)
  const mapWrites: MapWrite[] = [
    ...traitWrites(payload, visitor),
    ...(change ? audienceWrites(change, visitor, payload.userId, options) : []),
    ...(payload.userId && !visitor.isUserId ? linkWrites(visitor, payload, options) : [])
  ]
  const plan = planOf({ mapWrites, visitEvents: customDataEvents(payload.customData) })
  const isEmpty = plan.mapWrites.length + plan.visitEvents.length === 0
  return isEmpty ? filtered('The identify call has no traits, so there is nothing to store.') : plan
}

function traitWrites(payload: Payload, visitor: Visitor): MapWrite[] {
  const fields = storableTraits(payload.properties)
  if (Object.keys(fields).length === 0) return []
  const options = storageOptions(payload)
  return keysOfVisitor('identify', visitor, payload.userId).map((key) => ({ key, fields, ...options }))
}
