import { defaultValues } from '@segment/actions-core'
import type { InputField, Preset } from '@segment/actions-core'
import groupEvent from './groupEvent'
import identifyEvent from './identifyEvent'
import logEvent from './logEvent'
import pageEvent from './pageEvent'

type SpecificEventPreset = Extract<Preset, { type: 'specificEvent' }>

/** One preset for each type of Segment call, as on Kameleoon's catalog page, and those of Segment Engage. */
export const presets: Preset[] = [
  automatic('Track Calls', 'type = "track"', 'logEvent', logEvent.fields),
  automatic('Page Calls', 'type = "page"', 'pageEvent', pageEvent.fields),
  automatic('Group Calls', 'type = "group"', 'groupEvent', groupEvent.fields),
  automatic('Identify Calls', 'type = "identify"', 'identifyEvent', identifyEvent.fields),
  automatic('Screen Calls', 'type = "screen"', 'logEvent', logEvent.fields),
  onEvent('Audience Entered', 'warehouse_audience_entered_track', 'logEvent', logEvent.fields),
  onEvent('Audience Exited', 'warehouse_audience_exited_track', 'logEvent', logEvent.fields),
  onEvent(
    'Audience Membership Changed',
    'warehouse_audience_membership_changed_identify',
    'identifyEvent',
    identifyEvent.fields
  ),
  onEvent('Journeys Step Entered', 'journeys_step_entered_track', 'logEvent', logEvent.fields)
]

function automatic(name: string, subscribe: string, partnerAction: string, fields: Record<string, InputField>): Preset {
  return { name, subscribe, partnerAction, mapping: defaultValues(fields), type: 'automatic' }
}

function onEvent(
  name: string,
  eventSlug: SpecificEventPreset['eventSlug'],
  partnerAction: string,
  fields: Record<string, InputField>
): Preset {
  return { name, partnerAction, mapping: defaultValues(fields), type: 'specificEvent', eventSlug }
}
