import type { Preset } from '../../contract'

/** Which events Segment Engage sends for a preset; inside Segment the preset is wired to them without a filter. */
const ENGAGE_FILTERS: Record<string, string> = {
  warehouse_audience_entered_track: 'type = "track" and event = "Audience Entered"',
  warehouse_audience_exited_track: 'type = "track" and event = "Audience Exited"',
  warehouse_audience_membership_changed_identify:
    'type = "identify" and context.personas.computation_class = "audience"',
  journeys_step_entered_track: 'type = "track" and event = "Journeys Step Entered"'
}

export function filterOf({ subscribe, eventSlug, name }: Preset): string {
  return subscribe ?? ENGAGE_FILTERS[eventSlug ?? ''] ?? `type = "track" and event = ${JSON.stringify(name)}`
}
