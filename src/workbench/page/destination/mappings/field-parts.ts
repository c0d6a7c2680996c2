import type { Field } from '../../../contract'
import { isShown } from '../fields/field-form'

/** The parts of the form for fields, in their order. */
export interface FieldParts {
  /** What Kameleoon receives: goal, money, custom data. */
  content: Field[]
  /** Whose event it is. */
  visitor: Field[]
  /** What hardly anyone changes. */
  details: Field[]
}

/** Fields that their category does not tell apart. */
const VISITOR = ['kameleoonVisitorCode', 'visitorFallback']
const DETAILS = [
  ...['sendDeviceData', 'visitEventType', 'visitEventParameters', 'maxEventAgeHours', 'existingData', 'ttlHours'],
  ...['event', 'name', 'enable_batching', 'batch_size', 'batch_bytes']
]

/** The fields of an action that are shown, by the part of the form that shows them, in the order of the definition. */
export function fieldParts(fields: Field[], mapping: Record<string, unknown>): FieldParts {
  const shown = fields.filter((field) => isShown(field, mapping))
  const part = (wanted: keyof FieldParts): Field[] => shown.filter((field) => partOf(field) === wanted)
  return { content: part('content'), visitor: part('visitor'), details: part('details') }
}

function partOf({ key, category, collapsed, hidden }: Field): keyof FieldParts {
  if (VISITOR.includes(key)) return 'visitor'
  const isPlumbing = collapsed || hidden || category === 'identifier' || category === 'internal'
  return isPlumbing || DETAILS.includes(key) ? 'details' : 'content'
}

/** Whether a field has another value than a new mapping would have. */
export function isChanged({ key, default: standard }: Field, mapping: Record<string, unknown>): boolean {
  const value = mapping[key] === '' ? undefined : mapping[key]
  return JSON.stringify(value ?? null) !== JSON.stringify(standard)
}
