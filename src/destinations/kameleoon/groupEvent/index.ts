import type { ActionDefinition } from '@segment/actions-core'
import { performers } from '../delivery/deliver'
import { customDataKeys } from '../dynamic-fields'
import * as shared from '../fields'
import type { Settings } from '../generated-types'
import type { Payload } from './generated-types'
import { planGroupEvent } from './plan'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Group Event',
  description: 'Send group traits to Kameleoon',
  defaultSubscription: 'type = "group"',
  fields: shared.traitsFields({
    groupId: {
      label: 'Group ID',
      description: 'The group id. It is stored with the traits, and traits of one group add up over several calls.',
      type: 'string',
      required: true,
      category: 'identifier',
      default: { '@path': '$.groupId' }
    }
  }),
  dynamicFields: { customData: { __keys__: customDataKeys } },
  ...performers(planGroupEvent)
}

export default action
