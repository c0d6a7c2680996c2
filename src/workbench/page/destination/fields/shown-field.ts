import type { Field } from '../../../contract'
import { isDirective } from './field-form'

/** Whether other fields of the mapping let a field be shown. What comes from the event may be anything. */
export function isShown({ dependsOn }: Pick<Field, 'dependsOn'>, mapping: Record<string, unknown>): boolean {
  if (!dependsOn) return true
  const holds = dependsOn.conditions.map(({ fieldKey, operator, value: wanted }) => {
    const value = mapping[fieldKey] === '' || mapping[fieldKey] === null ? undefined : mapping[fieldKey]
    if (isDirective(value)) return true
    const wants = Array.isArray(wanted) ? wanted.includes(value) : value === wanted
    return operator === 'is' ? wants : !wants
  })
  return dependsOn.match === 'all' ? holds.every(Boolean) : holds.some(Boolean)
}
