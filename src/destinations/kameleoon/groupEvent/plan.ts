import { InvalidFieldError } from '../errors'
import { customDataEvents } from '../plan/custom-data'
import { checkStorable, storableTraits } from '../plan/storable'
import { storageOptions } from '../plan/storage-options'
import { keysOfVisitor } from '../plan/stored-keys'
import { requireText } from '../plan/required-text'
import { planOf } from '../plan/plan'
import type { Plan } from '../plan/plan'
import type { Visitor } from '../visitor/visitor'
import type { Payload } from './generated-types'

/**
 * Group calls: the group's id and its traits, beside the user's own traits. The traits of a former group do not stay.
 * @throws InvalidFieldError for a missing group id and for traits that cannot be stored unchanged
 */
export function planGroupEvent(payload: Payload, visitor: Visitor): Plan {
  requireText(payload, 'type')
  requireText(payload, 'messageId')
  requireText(payload, 'groupId')
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
