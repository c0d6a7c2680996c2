import type { ActionDefinition } from '@segment/actions-core'
import { performers } from '../delivery/performers'
import { customDataKeys } from '../dynamic-fields'
import type { Settings } from '../generated-types'
import { fields } from './fields'
import type { Payload } from './generated-types'
import { planGroupEvent } from './plan'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Group Event',
  description: 'Send group traits to Kameleoon',
  defaultSubscription: 'type = "group"',
  fields,
  dynamicFields: { customData: { __keys__: customDataKeys } },
  ...performers(planGroupEvent)
}

export default action
