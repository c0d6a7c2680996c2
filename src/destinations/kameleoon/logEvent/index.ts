import type { ActionDefinition } from '@segment/actions-core'
import { performers } from '../delivery/deliver'
import { customDataKeys, goals } from '../dynamic-fields'
import * as shared from '../fields'
import type { Settings } from '../generated-types'
import { EVENT_TYPES } from '../kameleoon-api/wire'
import type { Payload } from './generated-types'
import { planLogEvent } from './plan'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Log Event',
  description: 'Send a track event to Kameleoon',
  defaultSubscription: 'type = "track"',
  fields: {
    kameleoonVisitorCode: shared.kameleoonVisitorCode,
    anonymousId: shared.anonymousId,
    userId: shared.userId,
    type: shared.type,
    event: {
      label: 'Event Name',
      description: 'The event name',
      type: 'string',
      default: shared.firstOf('$.event', '$.name')
    },
    properties: {
      label: 'Properties',
      description: 'Additional event Properties or user Traits to send with the event',
      type: 'object',
      default: shared.firstOf('$.properties', '$.traits')
    },
    context: shared.context,
    timestamp: shared.timestamp,
    messageId: shared.messageId,
    goalId: shared.goalId,
    goalMatching: shared.goalMatching,
    revenue: {
      label: 'Revenue',
      description: 'The amount of the conversion.',
      type: 'number',
      default: shared.firstOf('$.properties.revenue', '$.properties.total')
    },
    negative: {
      label: 'Refund',
      description:
        'Subtract the amount instead of adding it. If this is empty, amounts below zero and "Order Refunded" events are refunds.',
      type: 'boolean'
    },
    conversionMetadata: shared.conversionMetadata,
    customData: shared.customData,
    visitEventType: {
      label: 'Kameleoon Event Type',
      description: "Send this event of Kameleoon's Data API, with the parameters below, instead of a conversion.",
      type: 'string',
      choices: EVENT_TYPES.map((value) => ({ value, label: value }))
    },
    visitEventParameters: {
      label: 'Kameleoon Event Parameters',
      description: "Parameters of the event chosen above, named as in Kameleoon's Data API.",
      type: 'object',
      defaultObjectUI: 'keyvalue',
      additionalProperties: true,
      depends_on: { conditions: [{ fieldKey: 'visitEventType', operator: 'is_not', value: undefined }] }
    },
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
  ...performers(planLogEvent)
}

export default action
