import type {
  BaseDefinition,
  DestinationDefinition,
  GlobalSetting,
  JSONObject,
  ActionDefinition,
  InputField,
  SyncModeDefinition
} from '@segment/actions-core'
import type { GeneratedFile } from './generated-files'
import { settingMetadata, type SettingMetadata, eachField, type FieldMetadata } from './field-metadata'

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

export interface HookMetadata {
  label: string
  description: string
  inputFields: Record<string, FieldMetadata>
  outputFields: Record<string, FieldMetadata>
}

/** What Segment's catalog keeps of an action. The order of the attributes is that of the file. */
export interface ActionMetadata {
  title: string
  description: string
  platform: 'cloud' | 'web'
  defaultSubscription: string | null
  hidden: boolean
  hasPerformBatch: boolean
  syncMode: SyncModeDefinition | null
  hooks: Record<string, HookMetadata> | null
  dynamicFields: Record<string, string[]> | null
  fields: Record<string, FieldMetadata>
}

type Fields = Record<string, InputField>

export function actionMetadata<Settings>(action: ActionDefinition<Settings>): ActionMetadata {
  return {
    title: action.title,
    description: action.description,
    platform: action.platform ?? 'cloud',
    defaultSubscription: action.defaultSubscription ?? null,
    hidden: action.hidden ?? false,
    hasPerformBatch: typeof action.performBatch === 'function',
    syncMode: syncModeOf(action.syncMode),
    hooks: hooksOf(action.hooks),
    dynamicFields: dynamicPartsOf(action.dynamicFields),
    fields: eachField(action.fields)
  }
}

function syncModeOf(syncMode: SyncModeDefinition | undefined): SyncModeDefinition | null {
  if (!syncMode) return null
  const { default: value, label, description } = syncMode
  const choices = syncMode.choices.map((choice) => ({ value: choice.value, label: choice.label }))
  return { default: value, label, description, choices }
}

function hooksOf<Settings>(hooks: ActionDefinition<Settings>['hooks']): Record<string, HookMetadata> | null {
  return orNull(
    Object.entries(hooks ?? {}).map(
      ([key, { label, description, inputFields, outputTypes }]): [string, HookMetadata] => {
        const inputs = eachField((inputFields ?? {}) as Fields)
        return [
          key,
          { label, description, inputFields: inputs, outputFields: eachField((outputTypes ?? {}) as Fields) }
        ]
      }
    )
  )
}

/** Live choices of the keys or values of an object. The live choices of a field itself are named by its `dynamic`. */
function dynamicPartsOf(dynamicFields: object | undefined): Record<string, string[]> | null {
  const entries = Object.entries((dynamicFields ?? {}) as Record<string, unknown>)
  const named = entries.map(([key, parts]): [string, string[]] => {
    const names = typeof parts === 'object' && parts !== null ? Object.keys(parts) : []
    return [key, names.filter((name) => name === '__keys__' || name === '__values__')]
  })
  return orNull(named.filter(([, names]) => names.length > 0))
}

function orNull<Value>(entries: [string, Value][]): Record<string, Value> | null {
  return entries.length > 0 ? Object.fromEntries(entries) : null
}
