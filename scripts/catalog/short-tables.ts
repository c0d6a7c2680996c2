import type { InputField } from '@segment/actions-core'
import { EXIT_CODES } from '../../src/cli/commands/deliver/ending'
import kameleoon from '../../src/destinations/kameleoon'
import type { Settings } from '../../src/destinations/kameleoon'
import { choicesText, code, defaultText, presetsTable, settingsTable, table } from './page'

/** What the page of a setting says, in the few words that a short table has room for. */
const SETTING_TEXTS: Record<keyof Settings, string> = {
  apiKey: 'base64 of a JSON object with the `id` and `secret` of Kameleoon (My profile > API credentials)',
  sitecode: "the project's site code: 10 lower-case letters and digits",
  dataRegion: '`EU` (default), `NA`, or `EU_DOT_EU` and `NA_DOT_EU` for projects on the `.eu` domain'
}

const RECEIVED: Record<keyof typeof kameleoon.actions, string> = {
  logEvent: 'a conversion of a goal, with its amount; or an audience membership, a link, an event of your choice',
  pageEvent: 'the page that was seen and, for a page with a name, a conversion',
  identifyEvent: 'traits and audience memberships, stored; the link from user to visitor',
  groupEvent: 'group id and group traits, stored'
}

/** The tables of the README and of docs that come from the program, by the name in the mark before them. */
export const TABLES: Record<string, () => string> = {
  'settings in short': shortSettings,
  settings: () => settingsTable(kameleoon),
  actions: actionsTable,
  presets: () => presetsTable(kameleoon),
  fields: allFieldsTable,
  'exit codes of deliver': exitCodes
}

function shortSettings(): string {
  const rows = Object.entries(kameleoon.authentication?.fields ?? {}).map(([key, { label, required }]) => [
    label,
    code(key),
    required ? 'yes' : 'no',
    textFor(SETTING_TEXTS, key)
  ])
  return table(['Setting', 'Key', 'Required', 'Meaning'], rows)
}

function actionsTable(): string {
  const rows = Object.entries(kameleoon.actions).map(([key, { title, defaultSubscription = '' }]) => [
    title,
    code(key),
    code(defaultSubscription),
    textFor(RECEIVED, key)
  ])
  return table(['Action', 'Key', 'Default trigger', 'What Kameleoon receives'], rows)
}

/** Every field once, with the actions that have it; one that differs between actions has a row for each form. */
function allFieldsTable(): string {
  const actionsByRow = new Map<string, { cells: string[]; actions: string[] }>()
  for (const { title, fields } of Object.values(kameleoon.actions)) {
    for (const [key, field] of Object.entries(fields).filter(([, { unsafe_hidden }]) => !unsafe_hidden)) {
      const cells = cellsOf(key, field)
      const row = actionsByRow.get(JSON.stringify(cells)) ?? { cells, actions: [] }
      row.actions.push(title.replace(' Event', ''))
      actionsByRow.set(JSON.stringify(cells), row)
    }
  }
  const all = Object.keys(kameleoon.actions).length
  const rows = [...actionsByRow.values()].map(({ cells: [label, key, ...rest], actions }) => [
    label,
    key,
    actions.length === all ? 'all' : actions.join(', '),
    ...rest
  ])
  // Forms of one field stand together, in the order in which fields are first named.
  const order = [...new Set(rows.map(([, key]) => key))]
  rows.sort((one, other) => order.indexOf(one[1]) - order.indexOf(other[1]))
  return table(['Field', 'Key', 'Actions', 'Required', 'Default', 'Meaning'], rows)
}

function cellsOf(key: string, field: InputField): string[] {
  const meaning = [field.description, choicesText(field.choices), field.dynamic ? 'Offers a live list.' : '']
  return [
    field.label,
    code(key),
    field.required ? 'yes' : 'no',
    defaultText(field.default),
    meaning.filter(Boolean).join(' ')
  ]
}

function exitCodes(): string {
  return table(
    ['Exit code', 'Meaning'],
    Object.values(EXIT_CODES).map((one) => [String(one.code), one.meaning])
  )
}

function textFor(texts: Record<string, string>, key: string): string {
  if (texts[key] === undefined) throw new Error(`There is no short text for "${key}": add it to this file.`)
  return texts[key]
}
