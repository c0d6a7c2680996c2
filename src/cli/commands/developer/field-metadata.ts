import type { GlobalSetting, InputField } from '@segment/actions-core'

export interface Choice {
  label: string
  value: unknown
}

/** What Segment's catalog keeps of a setting. The order of the attributes is that of the file. */
export interface SettingMetadata {
  label: string
  description: string | undefined
  type: string
  required: NonNullable<InputField['required']>
  multiple: boolean
  choices: Choice[] | null
  default: unknown
  depends_on: unknown
}

/** What Segment's catalog keeps of a field of an action. The order of the attributes is that of the file. */
export interface FieldMetadata {
  label: string | undefined
  description: string | undefined
  type: string
  required: NonNullable<InputField['required']>
  multiple: boolean
  allowNull: boolean
  dynamic: boolean
  default: unknown
  choices: Choice[] | null
  placeholder: string | null
  properties: Record<string, FieldMetadata> | null
  category: string | null
  depends_on: unknown
  readOnly: boolean | null
  hidden: boolean | null
  minimum: number | null
  maximum: number | null
  defaultObjectUI: string | null
  disabledInputMethods: string[] | null
  displayMode: string | null
  format: string | null
  additionalProperties: boolean
}

export function settingMetadata(setting: GlobalSetting): SettingMetadata {
  return {
    label: setting.label,
    description: setting.description,
    type: setting.type,
    required: setting.required ?? false,
    multiple: setting.multiple ?? false,
    choices: labelled(setting.choices),
    default: setting.default ?? null,
    depends_on: setting.depends_on ?? null
  }
}

export function fieldMetadata(field: Omit<InputField, 'description'> & { description?: string }): FieldMetadata {
  return {
    label: field.label,
    description: field.description,
    type: field.type,
    required: field.required ?? false,
    multiple: field.multiple ?? false,
    allowNull: field.allowNull ?? false,
    dynamic: Boolean(field.dynamic),
    default: field.default ?? null,
    choices: labelled(field.choices),
    placeholder: field.placeholder ?? null,
    properties: field.type === 'object' && field.properties ? eachField(field.properties) : null,
    category: field.category ?? null,
    depends_on: field.depends_on ?? null,
    readOnly: field.readOnly ?? null,
    hidden: field.unsafe_hidden ?? null,
    minimum: field.minimum ?? null,
    maximum: field.maximum ?? null,
    defaultObjectUI: field.defaultObjectUI ?? null,
    disabledInputMethods: field.disabledInputMethods ?? null,
    displayMode: field.displayMode ?? null,
    format: field.format ?? null,
    additionalProperties: field.additionalProperties ?? false
  }
}

export function eachField(fields: NonNullable<InputField['properties']>): Record<string, FieldMetadata> {
  return Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, fieldMetadata(field)]))
}

/** A plain choice is its own label. No choice at all counts as none given. */
function labelled(choices: InputField['choices']): Choice[] | null {
  if (!choices || choices.length === 0) return null
  return choices.map((choice) => (typeof choice === 'object' ? choice : { label: String(choice), value: choice }))
}
