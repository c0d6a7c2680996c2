import { transform } from '@segment/actions-core'
import type { BaseActionDefinition, JSONObject, Preset } from '@segment/actions-core'
import { messageOf } from '../../../segment-host'
import type { Problem, Rule } from './problem'

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
