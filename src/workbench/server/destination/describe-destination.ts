import type { BaseActionDefinition, GlobalSetting, InputField, Preset } from '@segment/actions-core'
import type { DependsOnConditions } from '@segment/actions-core/destination-kit/types'
import type { Static } from '@sinclair/typebox'
import type { Action, Choice, DependsOn, Destination, Field, Preset as DescribedPreset } from '../../contract'
import type { HostedDefinition } from '../hosted'

/** What the page needs to show the settings and mappings of a destination, taken from the definition alone. */
export function describeDestination(definition: HostedDefinition): Destination {
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

type AnyField = InputField | GlobalSetting | (Omit<InputField, 'description'> & { description?: string })

/** Fields in the order of the definition. */
function describeFields(fields: Record<string, AnyField>): Field[] {
  return Object.entries(fields).map(([key, field]) => describeField(key, field))
}

function describeField(key: string, field: AnyField): Field {
  const { required, properties, depends_on } = field
  return {
    key,
    label: field.label,
    description: field.description ?? '',
    type: field.type,
    required: required === true,
    multiple: field.multiple ?? false,
    dynamic: Boolean(field.dynamic),
    keyValue: isKeyValue(field),
    hidden: field.unsafe_hidden ?? false,
    ...displayOf(field),
    placeholder: field.placeholder ?? null,
    default: field.default ?? null,
    choices: choicesOf(field.choices),
    ...(typeof required === 'object' ? { requiredWhen: conditionText(required) } : {}),
    ...(depends_on ? { dependsOn: dependsOn(depends_on) } : {}),
    ...(properties ? { properties: describeFields(properties) } : {})
  }
}

/** Settings have no category and are never folded away. */
function displayOf(field: AnyField): Pick<Field, 'category' | 'collapsed'> {
  const { category, displayMode }: Pick<InputField, 'category' | 'displayMode'> = field
  return { category: category ?? null, collapsed: displayMode === 'collapsed' }
}

function isKeyValue(field: AnyField): boolean {
  return 'defaultObjectUI' in field && (field.defaultObjectUI ?? '').startsWith('keyvalue')
}

/** A choice that is only text is its own label. */
function choicesOf(choices: AnyField['choices']): Choice[] | null {
  if (!choices || choices.length === 0) return null
  return choices.map((choice) => {
    if (typeof choice === 'string') return { label: choice, value: choice }
    return { label: choice.label, value: choice.value }
  })
}

type Condition = DependsOnConditions['conditions'][number]

/** Conditions in the form of the contract. */
function dependsOn({ match, conditions }: DependsOnConditions): Static<typeof DependsOn> {
  return {
    match: match ?? 'all',
    conditions: conditions.map((condition) => ({
      fieldKey: keyOf(condition),
      operator: condition.operator,
      ...(condition.value === undefined ? {} : { value: condition.value })
    }))
  }
}

/** Conditions as text that follows "required when". */
function conditionText({ match, conditions }: DependsOnConditions): string {
  return conditions.map(textOf).join(match === 'any' ? ' or ' : ' and ')
}

function textOf(condition: Condition): string {
  const verb = condition.operator === 'is' ? 'is' : 'is not'
  return `${keyOf(condition)} ${verb} ${valueText(condition.value)}`
}

function valueText(value: unknown): string {
  if (value === undefined) return 'empty'
  return Array.isArray(value) ? `one of ${value.map((one) => JSON.stringify(one)).join(', ')}` : JSON.stringify(value)
}

/** The sync mode of a mapping is not a field; Segment stores it under a key of its own. */
function keyOf(condition: Condition): string {
  return condition.type === 'syncMode' ? '__segment_internal_sync_mode' : condition.fieldKey
}
