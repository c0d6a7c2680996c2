import type { GlobalSetting, InputField } from '@segment/actions-core'
import type { Choice, Field } from '../../contract'
import { conditionText, dependsOn } from './field-conditions'

type AnyField = InputField | GlobalSetting | (Omit<InputField, 'description'> & { description?: string })

/** Fields as a page draws them, in the order of the definition. */
export function describeFields(fields: Record<string, AnyField>): Field[] {
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
    placeholder: field.placeholder ?? null,
    default: field.default ?? null,
    choices: choicesOf(field.choices),
    ...(typeof required === 'object' ? { requiredWhen: conditionText(required) } : {}),
    ...(depends_on ? { dependsOn: dependsOn(depends_on) } : {}),
    ...(properties ? { properties: describeFields(properties) } : {})
  }
}

function isKeyValue(field: AnyField): boolean {
  return 'defaultObjectUI' in field && (field.defaultObjectUI ?? '').startsWith('keyvalue')
}

/** A plain choice is its own label. */
function choicesOf(choices: AnyField['choices']): Choice[] | null {
  if (!choices || choices.length === 0) return null
  return choices.map((choice) => {
    if (typeof choice === 'string') return { label: choice, value: choice }
    return { label: choice.label, value: choice.value }
  })
}
