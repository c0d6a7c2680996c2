import { InvalidFieldError, requireText } from '../invalid-field'
import { customDataEvents } from '../plan/custom-data'
import { planOf } from '../plan/plan'
import type { Plan } from '../plan/plan'
import { checkStorable, storableTraits } from '../plan/storable'
import { keysOfVisitor, storageOptions } from '../plan/stored-maps'
import type { Visitor } from '../visitor'
import type { Payload } from './generated-types'

/**
 * Plans a group call: the group's id and traits, stored beside the user's own traits. They replace those of an earlier
 * group as a whole.
 * @throws InvalidFieldError for a missing group id and for traits that cannot be stored unchanged
 */
export function planGroupEvent(payload: Payload, visitor: Visitor): Plan {
  requireText(payload, 'type')
  requireText(payload, 'messageId')
  const groupId = payload.groupId.trim()
  if (groupId === '') throw new InvalidFieldError('groupId', 'is an empty string.')
  checkStorable(groupId, 'groupId')
  const fields = { groupId, group: storableTraits(payload.properties) }
  const options = storageOptions(payload)
  return planOf({
    mapWrites: keysOfVisitor('identify', visitor, payload.userId).map((key) => ({ key, fields, ...options })),
    visitEvents: customDataEvents(payload.customData)
  })
}
