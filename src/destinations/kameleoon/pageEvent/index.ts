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
    goalId: shared.goalId,
    goalMatching: shared.goalMatching,
    customData: shared.customData,
    customDataLists: shared.customDataLists,
    conversionMetadata: shared.conversionMetadata,
    sendDeviceData: shared.sendDeviceData,
    visitorFallback: shared.visitorFallback,
    maxEventAgeHours: shared.maxEventAgeHours,
    name: {
      label: 'Page Name',
      description:
        'The name of the page. The goal is found by it if none is chosen; a page without a name sends the page view only.',
      type: 'string',
      default: { '@path': '$.name' }
    },
    userId: shared.userId,
    anonymousId: shared.anonymousId,
    properties: {
      label: 'Properties',
      description: 'Page properties. Address (url) and title are sent as a page view, the rest is not sent.',
      type: 'object',
      displayMode: 'collapsed',
      default: { '@path': '$.properties' }
    },
    context: shared.context,
    timestamp: shared.timestamp,
    messageId: { ...shared.messageId, required: false },
    type: shared.type,
    ...shared.batching(2_500_000)
  },
  dynamicFields: {
    goalId: goals,
    customData: { __keys__: customDataKeys },
    conversionMetadata: { __keys__: customDataKeys }
  },
  ...performers(planPageEvent)
}

export default action
