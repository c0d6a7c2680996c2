import { requireText } from '../invalid-field'
import { audienceChange, audienceWrites } from '../plan/audience'
import { customDataEvents } from '../plan/custom-data'
import { planOf } from '../plan/plan'
import type { Plan } from '../plan/plan'
import { checkStorable, storableTraits, storedTraitNames } from '../plan/storable'
import { keysOfVisitor, storageOptions } from '../plan/stored-maps'
import type { Visitor } from '../visitor'
import type { Payload } from './generated-types'

/**
 * Plans a group call: the group's id and traits, stored beside the user's own traits, and a change of an audience of
 * accounts if the traits have one. Traits of one group add up over several calls; another group takes the place of the first.
 * @throws InvalidFieldError for a missing group id and for traits that cannot be stored unchanged
 */
export function planGroupEvent(payload: Payload, visitor: Visitor): Plan {
  requireText(payload, 'type')
  requireText(payload, 'messageId')
  requireText(payload, 'groupId')
  const groupId = payload.groupId.trim()
  checkStorable(groupId, 'groupId')
  const options = storageOptions(payload)
  const fields = { groupId, group: storableTraits(payload.properties, storedTraitNames(payload.storedTraits)) }
  const change = audienceChange(payload, 'other')
  return planOf({
    mapWrites: [
      ...keysOfVisitor('identify', visitor).map((key) => ({ key, fields, addsToGroup: true, ...options })),
      ...(change ? audienceWrites(change, visitor, options) : [])
    ],
    visitEvents: customDataEvents(payload.customData, payload.customDataLists)
  })
}
