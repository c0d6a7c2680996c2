import type { InputField } from '@segment/actions-core'
import * as shared from '../fields'

export const fields: Record<string, InputField> = {
  kameleoonVisitorCode: { ...shared.kameleoonVisitorCode, default: { '@path': '$.traits.kameleoonVisitorCode' } },
  anonymousId: shared.anonymousId,
  userId: shared.userId,
  type: shared.type,
  ...shared.traitsFields
}
