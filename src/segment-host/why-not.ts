import { get } from '@segment/actions-core'
import { parseFql, validate, type Condition } from '@segment/destination-subscriptions'

/**
 * Why an event does not match a query: the first condition that fails, and the value the event has. Null when it matches.
 */
export function whyNot(query: string, event: Record<string, unknown>): string | null {
  const condition = parseFql(query)
  if ('error' in condition) return `The filter cannot be read: ${condition.error.message}`
  return failure(condition, event)
}

function failure(condition: Condition, event: Record<string, unknown>): string | null {
  if (matches(condition, event)) return null
  if (condition.type !== 'group') return `${textOf(condition)}, but ${actualText(condition, event)}`
  const failures = condition.children.map((child) => failure(child, event)).filter((text) => text !== null)
  return condition.operator === 'and' ? (failures[0] ?? null) : failures.join('; nor ')
}

/** `validate` takes groups only, so a single condition is wrapped in a group of one. */
function matches(condition: Condition, event: Record<string, unknown>): boolean {
  const group =
    condition.type === 'group' ? condition : { type: 'group' as const, operator: 'and' as const, children: [condition] }
  return validate(group, event)
}

type Comparison = Exclude<Condition, { type: 'group' }>

const PLACES: Record<Comparison['type'], string> = {
  'event-type': 'type',
  event: 'event',
  name: 'name',
  userId: 'userId',
  'event-property': 'properties.',
  'event-trait': 'traits.',
  'event-context': 'context.'
}
const MEMBERS = { 'event-property': 'properties', 'event-trait': 'traits', 'event-context': 'context' } as const

function placeOf(condition: Comparison): string {
  return 'name' in condition ? `${PLACES[condition.type]}${condition.name}` : PLACES[condition.type]
}

function textOf(condition: Comparison): string {
  const place = placeOf(condition)
  const value = JSON.stringify(condition.value)
  const texts: Record<Comparison['operator'], string> = {
    '=': `${place} = ${value}`,
    '!=': `${place} != ${value}`,
    '<': `${place} < ${value}`,
    '<=': `${place} <= ${value}`,
    '>': `${place} > ${value}`,
    '>=': `${place} >= ${value}`,
    number_equals: `${place} = ${value}`,
    number_not_equals: `${place} != ${value}`,
    contains: `${place} contains ${value}`,
    not_contains: `${place} does not contain ${value}`,
    starts_with: `${place} starts with ${value}`,
    not_starts_with: `${place} does not start with ${value}`,
    ends_with: `${place} ends with ${value}`,
    not_ends_with: `${place} does not end with ${value}`,
    exists: `${place} exists`,
    not_exists: `${place} is absent`,
    is_true: `${place} is true`,
    is_false: `${place} is false`
  }
  return texts[condition.operator]
}

function actualText(condition: Comparison, event: Record<string, unknown>): string {
  const actual =
    'name' in condition ? get(event[MEMBERS[condition.type]], condition.name) : event[PLACES[condition.type]]
  if (actual === undefined) return 'the event has none'
  const text = JSON.stringify(actual)
  return `it is ${text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text}`
}

const LONGEST_VALUE = 120
