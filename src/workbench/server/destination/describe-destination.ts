import type { BaseActionDefinition, Preset } from '@segment/actions-core'
import type { Action, Destination, Preset as DescribedPreset } from '../../contract'
import type { AnyDefinition } from '../settings'
import { describeFields } from './field-description'

/** Everything the page needs to draw a destination's settings and mappings, drawn from its definition alone. */
export function describeDestination(definition: AnyDefinition): Destination {
  return {
    name: definition.name,
    description: definition.description ?? '',
    settings: describeFields(definition.authentication?.fields ?? {}),
    actions: Object.entries(definition.actions).map(([key, action]) => describeAction(key, action)),
    presets: (definition.presets ?? []).map(describePreset)
  }
}

function describeAction(
  key: string,
  { title, description, defaultSubscription, fields }: BaseActionDefinition
): Action {
  return {
    key,
    title,
    description,
    defaultSubscription: defaultSubscription ?? null,
    fields: describeFields(fields)
  }
}

function describePreset(preset: Preset): DescribedPreset {
  const { name, partnerAction, mapping } = preset
  const isAutomatic = preset.type === 'automatic'
  return {
    name: name ?? partnerAction,
    automatic: isAutomatic,
    partnerAction,
    subscribe: isAutomatic ? preset.subscribe : null,
    eventSlug: isAutomatic ? null : preset.eventSlug,
    mapping: mapping ?? {}
  }
}
