import kameleoon from '../../src/destinations/kameleoon'
import * as limits from '../../src/destinations/kameleoon/kameleoon-api/limits'
import { wordsFor } from './provoker'
import { GETTING_STARTED, LIMITS_NOTE, MATCHING, OVERVIEW } from './texts'
import { TROUBLES, type Trouble } from './troubles'
import type { DestinationDefinition, InputField } from '@segment/actions-core'

/** The catalog page in Markdown. Its tables come from the definition, its error texts from an emulated Kameleoon. */
export async function catalogPage(): Promise<string> {
  const troubles: string[] = []
  // One after another: what the destination remembers between events is process-wide.
  for (const trouble of TROUBLES) troubles.push(await troubleText(trouble))
  const actions = Object.entries(kameleoon.actions).map(([key, action]) =>
    [
      `### ${action.title}`,
      `${action.description}. Key: ${code(key)}. Default trigger: ${code(action.defaultSubscription ?? '')}.`,
      fieldsTable(action.fields)
    ].join('\n\n')
  )
  return [
    `# ${kameleoon.name} Destination`,
    '<!-- Written by npm run generate:catalog; change scripts/catalog instead. -->',
    OVERVIEW,
    '## Getting started',
    GETTING_STARTED,
    settingsTable(kameleoon),
    '## Matching users',
    MATCHING,
    '## Presets',
    presetsTable(kameleoon),
    '## Actions',
    ...actions,
    '## Rate limits and sizes',
    limitsTable(),
    LIMITS_NOTE,
    '## Troubleshooting',
    ...troubles
  ].join('\n\n')
}

async function troubleText({ title, advice, cases }: Trouble): Promise<string> {
  const rows: string[][] = []
  for (const [when, provocation] of cases) rows.push([when, code(shown(await wordsFor(provocation)))])
  return [`### ${title}`, advice, table(['When', 'Segment shows'], rows)].join('\n\n')
}

/** A page is no place for a name of a thousand characters. */
function shown(words: string): string {
  return words.replace(/\s+/g, ' ').replace(/`/g, "'")
}

function limitsTable(): string {
  const number = (value: number): string => value.toLocaleString('en')
  const [short, long] = limits.AUTOMATION_BUDGET
  return table(
    ['What', 'Limit', 'What this destination does'],
    [
      ['Reading stored data', '(500,000 + MUV) / 500 a minute and account', 'passes a 429 on; Segment sends again'],
      ['Visit events and writing stored data', '(500,000 + MUV) / 50 a minute and account', 'the same'],
      [
        'Reading and creating goals',
        `${short.requests} in ${short.seconds} s, ${number(long.requests)} an hour`,
        'keeps within it; asks for the names it needs, several a request, and looks at them again once in ten minutes'
      ],
      [
        'Visit events in one request',
        '3 MB',
        `${number(limits.MAX_VISIT_EVENTS_PER_REQUEST)} events, ${number(limits.MAX_VISIT_EVENTS_BYTES)} bytes`
      ],
      ['Stored data in one request', `${number(limits.MAX_MAPS_BYTES)} bytes`, 'split by bytes'],
      ['Keys read at once', number(limits.MAX_KEYS_PER_READ), 'split'],
      ['A visitor code', `${limits.MAX_VISITOR_CODE_LENGTH} characters`, 'longer ones are rejected, never cut'],
      ['The name of a trait', `${number(limits.MAX_FIELD_NAME_LENGTH)} characters`, 'longer ones are rejected'],
      [
        'A value of custom data',
        `${number(limits.MAX_CUSTOM_DATA_LENGTH)} characters`,
        'longer ones are left out, which the outcome says'
      ],
      ['Address and title of a page', `${limits.MAX_PAGE_TEXT_LENGTH} characters`, 'cut'],
      [
        'How long data is stored',
        `${number(limits.MAX_TTL_HOURS)} hours`,
        `${number(limits.DEFAULT_TTL_HOURS)} unless the mapping says otherwise`
      ]
    ]
  )
}

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

export function choicesText(choices: InputField['choices']): string {
  const labels = (choices ?? []).map((choice) => (typeof choice === 'string' ? choice : choice.label))
  return labels.length === 0 ? '' : `One of: ${labels.join('; ')}.`
}

export function defaultText(value: unknown): string {
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
