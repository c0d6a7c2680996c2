import type { ActionDefinition, InputField } from '@segment/actions-core'
import type { Problem, Rule } from './problem'

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
