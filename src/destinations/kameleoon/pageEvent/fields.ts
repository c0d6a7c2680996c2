import type { InputField } from '@segment/actions-core'
import * as shared from '../fields'

export const fields: Record<string, InputField> = {
  kameleoonVisitorCode: { ...shared.kameleoonVisitorCode, default: { '@path': '$.properties.kameleoonVisitorCode' } },
  anonymousId: shared.anonymousId,
  userId: shared.userId,
  type: shared.type,
  name: {
    label: 'Page Name',
    description: 'The name of the page',
    type: 'string',
    default: { '@path': '$.name' }
  },
  properties: {
    label: 'Properties',
    description: 'Page properties',
    type: 'object',
    default: { '@path': '$.properties' }
  },
  context: shared.context,
  timestamp: shared.timestamp,
  messageId: { ...shared.messageId, required: false },
  goalId: shared.goalId,
  goalMatching: shared.goalMatching,
  conversionMetadata: shared.conversionMetadata,
  customData: shared.customData,
  sendDeviceData: shared.sendDeviceData,
  linkedVisitors: shared.linkedVisitors,
  maxEventAgeHours: shared.maxEventAgeHours,
  enable_batching: shared.enable_batching,
  batch_size: shared.batch_size,
  batch_bytes: shared.batch_bytes(2_500_000)
}
