import type { InputField } from '@segment/actions-core'
import { fields as identifyFields } from '../identifyEvent/fields'

const { kameleoonVisitorCode, anonymousId, userId, type, ...rest } = identifyFields

export const fields: Record<string, InputField> = {
  kameleoonVisitorCode,
  anonymousId,
  userId,
  type,
  groupId: {
    label: 'Group ID',
    description: 'The group id',
    type: 'string',
    required: true,
    category: 'identifier',
    default: { '@path': '$.groupId' }
  },
  ...rest
}
