import type { ActionDefinition } from '@segment/actions-core'
import { performers } from '../delivery/performers'
import { customDataKeys, goals } from '../dynamic-fields'
import type { Settings } from '../generated-types'
import { fields } from './fields'
import type { Payload } from './generated-types'
import { planPageEvent } from './plan'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Page Event',
  description: 'Send a page event to Kameleoon',
  defaultSubscription: 'type = "page"',
  fields,
  dynamicFields: {
    goalId: goals,
    customData: { __keys__: customDataKeys },
    conversionMetadata: { __keys__: customDataKeys }
  },
  ...performers(planPageEvent)
}

export default action
