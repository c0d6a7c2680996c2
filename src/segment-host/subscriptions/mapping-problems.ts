import type { BaseActionDefinition, BaseDefinition, JSONValue } from '@segment/actions-core'
import type { Problem } from '../../workbench/contract'
import { directiveFault } from './directive-fault'
import { hasOwn, isRecord, kindOf } from './kind-of'

/** Keys that Segment itself writes into mappings. */
const SEGMENT_KEY = '__segment_internal_'

/** What is wrong with the mapping of an entry whose action is known; without a mapping the defaults apply. */
export function mappingProblems(entry: Record<string, unknown>, { actions }: BaseDefinition): Problem[] {
  const { mapping, partnerAction } = entry
  if (mapping === undefined || mapping === null) return []
  if (!isRecord(mapping)) return [{ field: 'mapping', message: `"mapping" must be an object, got ${kindOf(mapping)}` }]
  if (typeof partnerAction !== 'string' || !hasOwn(actions, partnerAction)) return directiveProblems(mapping)
  const { fields } = actions[partnerAction]
  return [
    ...unknownFields(mapping, partnerAction, fields),
    ...missingFields(mapping, partnerAction, fields),
    ...directiveProblems(mapping)
  ]
}

type Fields = BaseActionDefinition['fields']

function unknownFields(mapping: Record<string, unknown>, action: string, fields: Fields): Problem[] {
  const unknown = Object.keys(mapping).filter((key) => !hasOwn(fields, key) && !key.startsWith(SEGMENT_KEY))
  const known = Object.keys(fields).join(', ')
  return unknown.map((key) => ({
    field: `mapping.${key}`,
    message: `"mapping" has "${key}", which ${action} does not know; it has ${known}`
  }))
}

/** Fields that are required only under conditions are checked with an event, as Segment does. */
function missingFields(mapping: Record<string, unknown>, action: string, fields: Fields): Problem[] {
  const missing = Object.keys(fields).filter((key) => fields[key].required === true && isEmpty(mapping[key]))
  return missing.map((key) => ({
    field: `mapping.${key}`,
    message: `"mapping" lacks "${key}", which ${action} requires`
  }))
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** Fields whose value is no mapping that Segment can run. */
export function directiveProblems(mapping: Record<string, unknown>): Problem[] {
  return Object.entries(mapping).flatMap(([key, value]) => {
    // What came as JSON is JSON.
    const fault = directiveFault(key, value as JSONValue)
    return fault === null ? [] : [{ field: `mapping.${key}`, message: `"mapping" is not valid: ${fault}` }]
  })
}
