import { transform, type BaseActionDefinition, type JSONObject, type Preset } from '@segment/actions-core'
import { generateFql, parseFql, type Condition } from '@segment/destination-subscriptions'
import { messageOf } from '../../../../segment-host'
import type { Problem, Rule } from '../problems'

/** Kinds of event that presets can wait for by name; the framework's own list is not exported at run time. */
const EVENT_SLUGS = [
  'warehouse_entity_added_track',
  'warehouse_entity_removed_track',
  'warehouse_audience_entered_track',
  'warehouse_audience_exited_track',
  'warehouse_audience_membership_changed_identify',
  'warehouse_entity_values_changed_track',
  'warehouse_all_events_track',
  'journeys_step_entered_track'
]

/** A preset uses an action that exists, maps fields that exist and all that are required, in a way that can be run. */
export const presets: Rule = ({ actions, presets = [] }) =>
  presets.flatMap((preset, index) => {
    const place = `presets[${index}]`
    const action = Object.entries(actions).find(([key]) => key === preset.partnerAction)?.[1]
    if (!action) return [{ place, fault: `uses the action ${preset.partnerAction}, which does not exist` }]
    return [...eventFaults(place, preset), ...mappingFaults(`${place}.mapping`, preset.mapping ?? {}, action)]
  })

function eventFaults(place: string, preset: Preset): Problem[] {
  if (preset.type === 'automatic' || EVENT_SLUGS.includes(preset.eventSlug)) return []
  return [{ place: `${place}.eventSlug`, fault: `is "${preset.eventSlug}", which Segment does not know` }]
}

function mappingFaults(place: string, mapping: JSONObject, { fields }: BaseActionDefinition): Problem[] {
  const unknown = Object.keys(mapping).filter((key) => !Object.keys(fields).includes(key))
  const missing = Object.entries(fields).filter(([key, field]) => field?.required === true && !(key in mapping))
  return [
    ...unknown.map((key) => ({ place: `${place}.${key}`, fault: 'is no field of the action' })),
    ...missing.map(([key]) => ({ place: `${place}.${key}`, fault: 'is missing, but the action requires it' })),
    ...directiveFaults(place, mapping)
  ]
}

function directiveFaults(place: string, mapping: JSONObject): Problem[] {
  try {
    transform(mapping, {})
    return []
  } catch (error) {
    // Every other error comes from running on an empty event, which proves nothing.
    return [...messageOf(error).matchAll(/ValidationError: (.*)/g)].map(([, fault]) => ({ place, fault }))
  }
}

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
  // The parser reads `type =` as the type "eos" and ignores what it does not know. Written back as a query, both look different.
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
