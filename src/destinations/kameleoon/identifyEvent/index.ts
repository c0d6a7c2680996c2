import type { ActionDefinition } from '@segment/actions-core'
import { performers } from '../delivery/performers'
import { customDataKeys } from '../dynamic-fields'
import type { Settings } from '../generated-types'
import { fields } from './fields'
import type { Payload } from './generated-types'
import { planIdentifyEvent } from './plan'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Identify Event',
  description: 'Send user traits to Kameleoon',
  defaultSubscription: 'type = "identify"',
  fields,
  dynamicFields: { customData: { __keys__: customDataKeys } },
  ...performers(planIdentifyEvent)
}

export default action
