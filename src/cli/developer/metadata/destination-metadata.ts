import type { BaseDefinition, DestinationDefinition, GlobalSetting, JSONObject } from '@segment/actions-core'
import type { GeneratedFile } from '../generated-files'
import { actionMetadata, type ActionMetadata } from './action-metadata'
import { settingMetadata, type SettingMetadata } from './field-metadata'

export interface PresetMetadata {
  name: string | undefined
  type: string
  partnerAction: string
  /** Absent for presets of a specific event. */
  subscribe: string | undefined
  mapping: JSONObject
  eventSlug: string | null
}

/** A destination as Segment's catalog keeps it: everything but the code. */
export interface DestinationMetadata {
  slug: string
  name: string
  mode: string
  description: string | undefined
  authentication: { scheme: string; fields: Record<string, SettingMetadata> } | null
  audienceConfig: null
  actions: Record<string, ActionMetadata>
  presets: PresetMetadata[]
}

/** What metadata.json says about a destination. Throws without a slug, by which the catalog knows it. */
export function destinationMetadata<Settings>({
  slug,
  name,
  mode,
  description,
  authentication,
  actions,
  presets
}: DestinationDefinition<Settings>): DestinationMetadata {
  if (!slug) throw new Error('The definition has no slug; metadata.json needs one')
  return {
    slug,
    name,
    mode,
    description,
    authentication: authentication
      ? { scheme: authentication.scheme, fields: settingsOf(authentication.fields) }
      : null,
    audienceConfig: null,
    actions: Object.fromEntries(Object.entries(actions).map(([key, action]) => [key, actionMetadata(action)])),
    presets: (presets ?? []).map(presetMetadata)
  }
}

/** metadata.json as Segment's repository has it. */
export function metadataFile<Settings>(definition: DestinationDefinition<Settings>): GeneratedFile {
  return { path: 'metadata.json', content: `${JSON.stringify(destinationMetadata(definition), null, 2)}\n` }
}

function settingsOf(fields: Record<string, GlobalSetting>): Record<string, SettingMetadata> {
  return Object.fromEntries(Object.entries(fields).map(([key, setting]) => [key, settingMetadata(setting)]))
}

function presetMetadata(preset: NonNullable<BaseDefinition['presets']>[number]): PresetMetadata {
  return {
    name: preset.name,
    type: preset.type,
    partnerAction: preset.partnerAction,
    subscribe: preset.type === 'automatic' ? preset.subscribe : undefined,
    mapping: preset.mapping ?? {},
    eventSlug: preset.type === 'specificEvent' ? preset.eventSlug : null
  }
}
