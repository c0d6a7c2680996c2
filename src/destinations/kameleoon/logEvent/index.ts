import type { ActionDefinition } from '@segment/actions-core'
import { performers } from '../delivery/performers'
import { customDataKeys, goals } from '../dynamic-fields'
import type { Settings } from '../generated-types'
import { fields } from './fields'
import type { Payload } from './generated-types'
import { planLogEvent } from './plan'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Log Event',
  description: 'Send a track event to Kameleoon',
  defaultSubscription: 'type = "track"',
  fields,
  dynamicFields: {
    goalId: goals,
    customData: { __keys__: customDataKeys },
    conversionMetadata: { __keys__: customDataKeys }
  },
  ...performers(planLogEvent)
}

export default action
