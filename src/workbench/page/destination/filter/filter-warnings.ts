import { generateFql, parseFql, type Condition } from '@segment/destination-subscriptions'
import type { Action, Preset } from '../../../contract'
import { CALL_TYPES } from '../../parts/words'
import { hasCallInGroup, isMixed } from './filter-model'

/** Something about a valid filter that is probably not meant. */
export interface FilterWarning {
  message: string
  /** A filter without the problem, and the words of a button that chooses it. */
  mend?: { label: string; filter: string }
}

/** What is probably wrong with a valid filter for this action, the most important first. */
export function filterWarnings(filter: string, action: Action, presets: Preset[]): FilterWarning[] {
  return [
    ...typeWarnings(filter, action, presets),
    ...(hasCallInGroup(filter) ? [CALL_IN_GROUP] : []),
    ...(isMixed(filter) ? [mixed(filter)] : [])
  ]
}

const CALL_IN_GROUP: FilterWarning = {
  message:
    'contains(…) or match(…) stand within brackets. Segment’s parser ends the brackets there, so the filter means something else. Write it without these brackets.'
}

function typeWarnings(filter: string, action: Action, presets: Preset[]): FilterWarning[] {
  const kinds = kindsOf(action, presets)
  const possible = possibleTypes(filter)
  if (kinds.length === 0 || kinds.some((kind) => possible.includes(kind))) return []
  const taken = possible.length === 0 ? 'no event at all' : `only ${possible.join(' and ')} events`
  return [
    {
      message: `This filter takes ${taken}, but ${action.title} is for ${kinds.join(' and ')} events.`,
      mend: { label: `Use type = "${kinds[0]}"`, filter: withType(filter, kinds[0]) }
    }
  ]
}

function mixed(filter: string): FilterWarning {
  const parsed = parseFql(filter)
  const word = 'error' in parsed ? 'last word' : `“${parsed.operator}”`
  return {
    message: `“and” and “or” are mixed without brackets. Segment then uses ${word} between all conditions. Put brackets around those that belong together.`
  }
}

/** The kinds of events that an action is for: those of its own filter and of its presets. */
export function kindsOf({ key, defaultSubscription }: Action, presets: Preset[]): string[] {
  const own = presets.filter(({ partnerAction, automatic }) => automatic && partnerAction === key)
  const filters = [defaultSubscription, ...own.map(({ subscribe }) => subscribe)].filter((filter) => filter !== null)
  return [...new Set(filters.flatMap(possibleTypes))]
}

/** The types of events that a filter can take, whatever else the event has. */
export function possibleTypes(filter: string): string[] {
  const parsed = parseFql(filter)
  return 'error' in parsed ? [] : CALL_TYPES.filter((type) => isPossible(parsed, type))
}

function isPossible(condition: Condition, type: string): boolean {
  if (condition.type === 'group') {
    const { operator, children } = condition
    return operator === 'and'
      ? children.every((one) => isPossible(one, type))
      : children.some((one) => isPossible(one, type))
  }
  if (condition.type !== 'event-type') return true
  return condition.operator === '=' ? condition.value === type : condition.value !== type
}

/** The filter with this type of event in place of those that it names. */
export function withType(filter: string, type: string): string {
  const parsed = parseFql(filter)
  const wanted: Condition = { type: 'event-type', operator: '=', value: type }
  if ('error' in parsed) return generateFql({ type: 'group', operator: 'and', children: [wanted] })
  const others = parsed.children.filter((child) => !namesOnlyTypes(child))
  const isAny = parsed.operator === 'or' && others.length > 1
  const rest = isAny ? [{ ...parsed, children: others }] : others
  return generateFql({ type: 'group', operator: 'and', children: [wanted, ...rest] })
}

function namesOnlyTypes(condition: Condition): boolean {
  return condition.type === 'group' ? condition.children.every(namesOnlyTypes) : condition.type === 'event-type'
}
