import type { DestinationDefinition, InputField } from '@segment/actions-core'

/** A table of Markdown; cells may hold anything but line breaks. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export function settingsTable<Settings>({ authentication }: DestinationDefinition<Settings>): string {
  const rows = Object.entries(authentication?.fields ?? {}).map(([key, field]) => [
    field.label,
    code(key),
    field.required ? 'yes' : 'no',
    [field.description, choicesText(field.choices)].filter(Boolean).join(' ')
  ])
  return table(['Setting', 'Key', 'Required', 'Meaning'], rows)
}

/** The fields of an action, without those that Segment does not show. */
export function fieldsTable(fields: Record<string, InputField>): string {
  const rows = Object.entries(fields)
    .filter(([, field]) => !field.unsafe_hidden)
    .map(([key, field]) => [
      field.label,
      code(key),
      field.required ? 'yes' : 'no',
      defaultText(field.default),
      [field.description, choicesText(field.choices), field.dynamic ? 'Offers a live list.' : '']
        .filter(Boolean)
        .join(' ')
    ])
  return table(['Field', 'Key', 'Required', 'Default', 'Meaning'], rows)
}

export function presetsTable<Settings>({ presets = [], actions }: DestinationDefinition<Settings>): string {
  const rows = presets.map((preset) => [
    preset.name ?? preset.partnerAction,
    preset.type === 'automatic' ? code(preset.subscribe) : `Engage: ${code(preset.eventSlug ?? '')}`,
    actions[preset.partnerAction].title
  ])
  return table(['Preset', 'Trigger', 'Action'], rows)
}

function choicesText(choices: InputField['choices']): string {
  const labels = (choices ?? []).map((choice) => (typeof choice === 'string' ? choice : choice.label))
  return labels.length === 0 ? '' : `One of: ${labels.join('; ')}.`
}

function defaultText(value: unknown): string {
  if (value === undefined) return ''
  if (typeof value !== 'object' || value === null)
    return code(typeof value === 'string' ? value : JSON.stringify(value))
  const { '@path': path, '@if': condition } = value as { '@path'?: string; '@if'?: { then: unknown; else?: unknown } }
  if (path !== undefined) return code(path)
  if (condition === undefined) return code(JSON.stringify(value))
  return [defaultText(condition.then), defaultText(condition.else)].filter(Boolean).join(', else ')
}

export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``
}
