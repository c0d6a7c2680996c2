import type { ActionDefinition } from '@segment/actions-core'
import { performers } from '../delivery/deliver'
import { customDataKeys, goals } from '../dynamic-fields'
import * as shared from '../fields'
import type { Settings } from '../generated-types'
import type { Payload } from './generated-types'
import { planPageEvent } from './plan'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Page Event',
  description: 'Send a page event to Kameleoon',
  defaultSubscription: 'type = "page"',
  fields: {
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
  },
  dynamicFields: {
    goalId: goals,
    customData: { __keys__: customDataKeys },
    conversionMetadata: { __keys__: customDataKeys }
  },
  ...performers(planPageEvent)
}

export default action
