import type { ActionDefinition, InputField } from '@segment/actions-core'
import type { Problem, Rule } from '../problems'

/** Live choices are offered for fields that exist and say so, and a field that says so has some. */
export const dynamicFields: Rule = ({ actions }) =>
  Object.entries(actions).flatMap(([key, action]) => faultsOf(key, action))

function faultsOf<Settings>(key: string, { fields, dynamicFields = {} }: ActionDefinition<Settings>): Problem[] {
  const all = fields as Record<string, InputField>
  const served = Object.entries(dynamicFields as Record<string, unknown>)
  const lost = served.filter(([name]) => !isDynamic(all[name]))
  const idle = Object.keys(all).filter((name) => isDynamic(all[name]) && !served.some(([other]) => other === name))
  return [
    ...lost.map(([name]) => ({
      place: `actions.${key}.dynamicFields.${name}`,
      fault: all[name] ? 'serves a field that is not dynamic' : 'serves a field that does not exist'
    })),
    ...idle.map((name) => ({ place: `actions.${key}.fields.${name}`, fault: 'is dynamic, but nothing serves it' })),
    ...served
      .filter(([, serve]) => !canServe(serve))
      .map(([name]) => ({
        place: `actions.${key}.dynamicFields.${name}`,
        fault: 'is neither a function nor an object of functions'
      }))
  ]
}

/** A field is dynamic itself, or within. */
function isDynamic(field: Partial<InputField> | undefined): boolean {
  return Boolean(field?.dynamic) || Object.values(field?.properties ?? {}).some(isDynamic)
}

function canServe(serve: unknown): boolean {
  if (typeof serve === 'function') return true
  const parts = typeof serve === 'object' && serve !== null ? Object.values(serve) : []
  return parts.length > 0 && parts.every((part) => typeof part === 'function')
}

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
