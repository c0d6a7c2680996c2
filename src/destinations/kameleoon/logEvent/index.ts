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
    goalId: { ...shared.goalId, depends_on: shared.isConversion },
    goalMatching: { ...shared.goalMatching, depends_on: shared.isNoOtherEvent },
    revenue: {
      label: 'Revenue',
      description:
        'The amount of the conversion, as a number or as text such as "$1,299.00". If it is empty, the total of an order event counts; the total of any other event is no money. Write 0 to send no amount.',
      type: 'string',
      default: { '@path': '$.properties.revenue' },
      depends_on: shared.isConversion
    },
    negative: {
      label: 'Refund',
      description:
        'Take the amount back instead of adding it. If this is empty, amounts below zero and the events "Order Refunded" and "Order Cancelled" take it back, from the goal that they convert: choose the Goal of your orders for these events, so that its revenue goes down.',
      type: 'boolean',
      depends_on: shared.isConversion
    },
    customData: shared.customData,
    customDataLists: shared.customDataLists,
    conversionMetadata: { ...shared.conversionMetadata, depends_on: shared.isConversion },
    sendDeviceData: shared.sendDeviceData,
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
    visitorFallback: shared.visitorFallback,
    maxEventAgeHours: shared.maxEventAgeHours,
    event: {
      label: 'Event Name',
      description: 'The event name. The goal is found by it if none is chosen.',
      type: 'string',
      default: shared.firstOf('$.event', '$.name')
    },
    userId: shared.userId,
    anonymousId: shared.anonymousId,
    properties: {
      label: 'Properties',
      description:
        'Properties of the event. They are not sent as such: the total of an order, audiences and the visitor code are read from them.',
      type: 'object',
      displayMode: 'collapsed',
      default: { '@path': '$.properties' }
    },
    context: shared.context,
    timestamp: shared.timestamp,
    messageId: shared.messageId,
    type: shared.type,
    ...shared.batching(2_500_000)
  },
  dynamicFields: {
    goalId: goals,
    customData: { __keys__: customDataKeys },
    conversionMetadata: { __keys__: customDataKeys }
  },
  ...performers(planLogEvent)
}

export default action
