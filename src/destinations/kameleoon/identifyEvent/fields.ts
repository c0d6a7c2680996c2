import type { InputField } from '@segment/actions-core'
import * as shared from '../fields'

export const fields: Record<string, InputField> = {
  kameleoonVisitorCode: { ...shared.kameleoonVisitorCode, default: { '@path': '$.traits.kameleoonVisitorCode' } },
  anonymousId: shared.anonymousId,
  userId: shared.userId,
  type: shared.type,
  properties: {
    label: 'Traits',
    description: 'Traits to send with the event',
    type: 'object',
    default: { '@path': '$.traits' }
  },
  context: shared.context,
  timestamp: shared.timestamp,
  messageId: shared.messageId,
  customData: shared.customData,
  ttlHours: shared.ttlHours,
  existingData: shared.existingData,
  linkedVisitors: shared.linkedVisitors,
  maxEventAgeHours: shared.maxEventAgeHours,
  enable_batching: shared.enable_batching,
  batch_size: shared.batch_size,
  batch_bytes: shared.batch_bytes(900_000)
}
