import type { ActionDefinition } from '@segment/actions-core'
import { performers } from '../delivery/deliver'
import { customDataKeys } from '../dynamic-fields'
import * as shared from '../fields'
import type { Settings } from '../generated-types'
import type { Payload } from './generated-types'
import { planIdentifyEvent } from './plan'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Identify Event',
  description: 'Send user traits to Kameleoon',
  defaultSubscription: 'type = "identify"',
  fields: shared.traitsFields(),
  dynamicFields: { customData: { __keys__: customDataKeys } },
  ...performers(planIdentifyEvent)
}

export default action
