import { transform } from '@segment/actions-core'
import type { BaseActionDefinition, BaseDefinition, JSONValue } from '@segment/actions-core'
import type { FieldProblem } from './destination'
import { messageOf } from './errors'
import { queryProblem } from './query-problem'
import { hasOwn, isRecord, kindOf } from './values'

/**
 * Everything that is wrong with a subscription from a file or a page: `{name, partnerAction, subscribe, mapping, enabled,
 * id}`. Only `partnerAction` and `subscribe` are required.
 */
export function subscriptionProblems(entry: unknown, definition: BaseDefinition): FieldProblem[] {
  if (!isRecord(entry)) return [{ field: '', message: `expected an object, got ${kindOf(entry)}` }]
  return [
    ...enabledProblems(entry),
    ...textProblems(entry, 'id', true),
    ...textProblems(entry, 'name', true),
    ...actionProblems(entry, definition),
    ...queryProblems(entry),
    ...mappingProblems(entry, definition)
  ]
}

function enabledProblems({ enabled }: Record<string, unknown>): FieldProblem[] {
  if (enabled === undefined || typeof enabled === 'boolean') return []
  return [{ field: 'enabled', message: `"enabled" must be true or false, got ${kindOf(enabled)}` }]
}

function textProblems(entry: Record<string, unknown>, key: string, optional = false): FieldProblem[] {
  const value = entry[key]
  if (typeof value === 'string' || (optional && (value === undefined || value === null))) return []
  return [{ field: key, message: `"${key}" must be text, got ${kindOf(value)}` }]
}

function actionProblems(entry: Record<string, unknown>, { actions }: BaseDefinition): FieldProblem[] {
  const { partnerAction } = entry
  if (typeof partnerAction !== 'string') return textProblems(entry, 'partnerAction')
  if (hasOwn(actions, partnerAction)) return []
  const known = Object.keys(actions).join(', ')
  return [{ field: 'partnerAction', message: `unknown partnerAction "${partnerAction}"; there are ${known}` }]
}

function queryProblems(entry: Record<string, unknown>): FieldProblem[] {
  const { subscribe } = entry
  if (typeof subscribe !== 'string') return textProblems(entry, 'subscribe')
  const problem = queryProblem(subscribe)
  if (problem === null) return []
  return [{ field: 'subscribe', message: `cannot parse "subscribe": ${subscribe} (${problem})` }]
}

/** Start of the keys that Segment itself writes into mappings. */
const SEGMENT_KEY = '__segment_internal_'

/** What is wrong with the mapping of an entry. An entry without a mapping gets the defaults of its action. */
function mappingProblems(entry: Record<string, unknown>, { actions }: BaseDefinition): FieldProblem[] {
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

function unknownFields(mapping: Record<string, unknown>, action: string, fields: Fields): FieldProblem[] {
  const unknown = Object.keys(mapping).filter((key) => !hasOwn(fields, key) && !key.startsWith(SEGMENT_KEY))
  const known = Object.keys(fields).join(', ')
  return unknown.map((key) => ({
    field: `mapping.${key}`,
    message: `"mapping" has "${key}", which ${action} does not know; it has ${known}`
  }))
}

/** Fields that are required under conditions only are not checked here: Segment checks those for each event. */
function missingFields(mapping: Record<string, unknown>, action: string, fields: Fields): FieldProblem[] {
  const missing = Object.keys(fields).filter((key) => fields[key].required === true && isEmpty(mapping[key]))
  return missing.map((key) => ({
    field: `mapping.${key}`,
    message: `"mapping" lacks "${key}", which ${action} requires`
  }))
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** Fields whose value is not a valid mapping directive of Segment. */
export function directiveProblems(mapping: Record<string, unknown>): FieldProblem[] {
  return Object.entries(mapping).flatMap(([key, value]) => {
    // A mapping is read from JSON, so its members are JSON values.
    const fault = directiveFault(key, value as JSONValue)
    return fault === null ? [] : [{ field: `mapping.${key}`, message: `"mapping" is not valid: ${fault}` }]
  })
}

/** The error of Segment's mapping language for the value of one field, or null when the value is valid. */
export function directiveFault(key: string, value: JSONValue): string | null {
  try {
    transform({ [key]: value }, {})
    return null
  } catch (error) {
    // Other errors are caused by the empty event.
    const faults = [...messageOf(error).matchAll(/ValidationError: (.*)/g)].map(([, fault]) => fault)
    return faults.length > 0 ? faults.join(' ') : null
  }
}
