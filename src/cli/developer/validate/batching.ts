import type { InputField } from '@segment/actions-core'
import type { Problem, Rule } from './problem'

/** More would scatter events over too many batches. */
const MOST_BATCH_KEYS = 3

/** Fields about batches, where an action takes them, are as Segment reads them. */
export const batching: Rule = ({ actions }) =>
  Object.entries(actions).flatMap(([key, { fields, performBatch }]) => {
    const { batch_keys, enable_batching, batch_size, batch_bytes } = fields as Record<string, InputField | undefined>
    const place = (field: string): string => `actions.${key}.fields.${field}`
    return [
      ...wantsType(place('enable_batching'), enable_batching, 'boolean'),
      ...wantsType(place('batch_size'), batch_size, 'number'),
      ...wantsType(place('batch_bytes'), batch_bytes, 'number'),
      ...(enable_batching && !performBatch
        ? [{ place: place('enable_batching'), fault: 'is there without performBatch' }]
        : []),
      ...keysFaults(place('batch_keys'), batch_keys)
    ]
  })

function wantsType(place: string, field: InputField | undefined, type: InputField['type']): Problem[] {
  return field && field.type !== type ? [{ place, fault: `must have type ${type}, but has ${field.type}` }] : []
}

function keysFaults(place: string, field: InputField | undefined): Problem[] {
  if (!field) return []
  const keys: unknown = field.default
  const isList = Array.isArray(keys) && keys.length <= MOST_BATCH_KEYS && keys.every((key) => typeof key === 'string')
  if (field.type === 'string' && field.multiple && field.unsafe_hidden && isList) return []
  return [{ place, fault: `must be a hidden list of strings with at most ${MOST_BATCH_KEYS} field names by default` }]
}
