import type { ConditionType, Operator } from '@segment/destination-subscriptions'

/** What a condition looks at. */
export type Part = Exclude<ConditionType, 'group'>

/** The operators of Segment, and "is one of", which Segment writes as several conditions. */
export type RowOperator = Operator | 'one_of'

export const PART_LABELS: Record<Part, string> = {
  'event-type': 'Event type',
  event: 'Event name',
  name: 'Page name',
  userId: 'User ID',
  'event-property': 'Property',
  'event-trait': 'Trait',
  'event-context': 'Context'
}

/** Parts whose members have names. */
export const WITH_NAME: Part[] = ['event-property', 'event-trait', 'event-context']

/** Where a part stands in an event; a name follows for those of `WITH_NAME`. */
export const PART_PATHS: Record<Part, string> = {
  'event-type': '$.type',
  event: '$.event',
  name: '$.name',
  userId: '$.userId',
  'event-property': '$.properties.',
  'event-trait': '$.traits.',
  'event-context': '$.context.'
}

export const OPERATOR_LABELS: Record<RowOperator, string> = {
  '=': 'is',
  one_of: 'is one of',
  '!=': 'is not',
  contains: 'contains',
  not_contains: 'does not contain',
  starts_with: 'starts with',
  not_starts_with: 'does not start with',
  ends_with: 'ends with',
  not_ends_with: 'does not end with',
  number_equals: 'is the number',
  number_not_equals: 'is not the number',
  '>': 'is more than',
  '>=': 'is at least',
  '<': 'is less than',
  '<=': 'is at most',
  exists: 'is present',
  not_exists: 'is absent',
  is_true: 'is true',
  is_false: 'is false'
}

export const NUMBER_OPERATORS: RowOperator[] = ['number_equals', 'number_not_equals', '>', '>=', '<', '<=']
export const VALUELESS_OPERATORS: RowOperator[] = ['exists', 'not_exists', 'is_true', 'is_false']

const EXACT: RowOperator[] = ['=', 'one_of', '!=']
const PARTIAL: RowOperator[] = [
  ...(['contains', 'not_contains', 'starts_with', 'not_starts_with', 'ends_with', 'not_ends_with'] as const)
]

/** The operators that Segment knows for a part, the most common first. */
export function operatorsOf(part: Part): RowOperator[] {
  if (part === 'event-type') return EXACT
  if (part === 'event') return [...EXACT, ...PARTIAL]
  if (!WITH_NAME.includes(part)) return [...EXACT, ...PARTIAL, 'exists', 'not_exists']
  return [...EXACT, ...PARTIAL, ...NUMBER_OPERATORS, ...VALUELESS_OPERATORS]
}

/** The operators within a group: none that Segment writes as a call, whose bracket its parser takes for the end of the group. */
export function groupOperatorsOf(part: Part): RowOperator[] {
  return operatorsOf(part).filter((operator) => operator !== 'one_of' && !PARTIAL.includes(operator))
}

export const isOperatorOf = (part: Part, operator: RowOperator): boolean => operatorsOf(part).includes(operator)
