import { generateFql, parseFql } from '@segment/destination-subscriptions'
import type { Condition } from '@segment/destination-subscriptions'
import type { Problem, Rule } from './problem'

/** The kinds of event that Segment delivers. https://segment.com/docs/connections/spec/ */
const EVENT_TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias']

/** What an action and a preset wait for is a query, and one that an event can satisfy. */
export const subscriptions: Rule = ({ actions, presets }) => [
  ...Object.entries(actions).flatMap(([key, { defaultSubscription }]) =>
    defaultSubscription === undefined ? [] : faultsIn(`actions.${key}.defaultSubscription`, defaultSubscription)
  ),
  ...(presets ?? []).flatMap((preset, index) =>
    preset.type === 'automatic' ? faultsIn(`presets[${index}].subscribe`, preset.subscribe) : []
  )
]

function faultsIn(place: string, query: string): Problem[] {
  const parsed = parseFql(query)
  if ('error' in parsed) return [{ place, fault: `is no query: ${query}: ${parsed.error.message}` }]
  // The parser reads `type =` as the type "eos" and passes over what it does not know; told back, both look different.
  const understood = generateFql(parsed)
  if (plain(understood) !== plain(query)) {
    return [{ place, fault: `is understood as ${understood || 'nothing'}, but it is written ${query}` }]
  }
  return [
    ...unknownTypes(parsed).map((type) => ({ place, fault: `waits for type "${type}", which no event has` })),
    ...(contradicts(parsed) ? [{ place, fault: `wants one event to be of two types: ${query}` }] : [])
  ]
}

function plain(query: string): string {
  return query.replace(/\s+/g, ' ').trim()
}

function typesIn(condition: Condition): string[] {
  if (condition.type === 'group') return condition.children.flatMap(typesIn)
  return condition.type === 'event-type' ? [String(condition.value)] : []
}

function unknownTypes(condition: Condition): string[] {
  return typesIn(condition).filter((type) => !EVENT_TYPES.includes(type))
}

function contradicts(condition: Condition): boolean {
  if (condition.type !== 'group') return false
  const own = condition.children.flatMap((child) =>
    child.type === 'event-type' && child.operator === '=' ? [child.value] : []
  )
  return (condition.operator === 'and' && new Set(own).size > 1) || condition.children.some(contradicts)
}
