import type { BaseDefinition } from '@segment/actions-core'
import type { Problem } from '../../workbench/contract'
import { hasOwn, isRecord, kindOf } from './kind-of'
import { mappingProblems } from './mapping-problems'
import { queryProblem } from './query'

/**
 * Everything that is wrong with a subscription, as a file or a page has it: `{name, partnerAction, subscribe, mapping,
 * enabled, id}`, of which only `partnerAction` and `subscribe` are needed.
 */
export function entryProblems(entry: unknown, definition: BaseDefinition): Problem[] {
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

function enabledProblems({ enabled }: Record<string, unknown>): Problem[] {
  if (enabled === undefined || typeof enabled === 'boolean') return []
  return [{ field: 'enabled', message: `"enabled" must be true or false, got ${kindOf(enabled)}` }]
}

function textProblems(entry: Record<string, unknown>, key: string, optional = false): Problem[] {
  const value = entry[key]
  if (typeof value === 'string' || (optional && (value === undefined || value === null))) return []
  return [{ field: key, message: `"${key}" must be text, got ${kindOf(value)}` }]
}

function actionProblems(entry: Record<string, unknown>, { actions }: BaseDefinition): Problem[] {
  const { partnerAction } = entry
  if (typeof partnerAction !== 'string') return textProblems(entry, 'partnerAction')
  if (hasOwn(actions, partnerAction)) return []
  const known = Object.keys(actions).join(', ')
  return [{ field: 'partnerAction', message: `unknown partnerAction "${partnerAction}"; there are ${known}` }]
}

function queryProblems(entry: Record<string, unknown>): Problem[] {
  const { subscribe } = entry
  if (typeof subscribe !== 'string') return textProblems(entry, 'subscribe')
  const problem = queryProblem(subscribe)
  if (problem === null) return []
  return [{ field: 'subscribe', message: `cannot parse "subscribe": ${subscribe} (${problem})` }]
}
