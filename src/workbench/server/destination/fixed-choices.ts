import type { JSONObject } from '@segment/actions-core'
import { hasOwn, isRecord } from '../../../segment-host'
import type { Choice, Problem } from '../../contract'
import type { HostedDefinition } from '../hosted'
import { liveChoices } from './live-choices'

interface Mapped {
  partnerAction: string
  mapping: JSONObject
}

/** A list of Kameleoon that is longer than this many pages is not read to its end. */
const MOST_PAGES = 20

/** What a mapping has typed into a field whose choices Kameleoon knows. */
interface FixedValues {
  field: string
  label: string
  /** The path of the choices, as `goalId` or `customData.__keys__`. */
  path: string
  values: string[]
}

/**
 * Fixed values and keys of a mapping that are not among the choices of the project, such as a goal that does not exist. They are
 * warnings: the mapping can be saved. A list that cannot be read is a warning as well.
 */
export async function choiceWarnings(
  definition: HostedDefinition,
  { partnerAction, mapping }: Mapped,
  settings: JSONObject
): Promise<Problem[]> {
  if (!hasOwn(definition.actions, partnerAction)) return []
  const fixed = fixedValues(definition, { partnerAction, mapping })
  const read = (path: string) => everyChoice(definition, partnerAction, settings, path)
  const found = await Promise.all(fixed.map(async (values) => warningsOf(values, await read(values.path))))
  return found.flat()
}

function fixedValues({ actions }: HostedDefinition, { partnerAction, mapping }: Mapped): FixedValues[] {
  const { fields } = actions[partnerAction]
  return Object.entries(fields).flatMap(([key, { dynamic, label, type }]) => {
    const value = mapping[key]
    if (!dynamic || value === undefined || value === null || value === '') return []
    const field = `mapping.${key}`
    if (type !== 'object') return plainValue(value).map((text) => ({ field, label, path: key, values: [text] }))
    const keys = isRecord(value) ? Object.keys(value).filter((one) => !one.startsWith('@')) : []
    return keys.length > 0 ? [{ field, label, path: `${key}.__keys__`, values: keys }] : []
  })
}

interface Choices {
  choices: Choice[]
  error: string | null
  isComplete: boolean
}

async function everyChoice(
  definition: HostedDefinition,
  action: string,
  settings: JSONObject,
  path: string
): Promise<Choices> {
  const choices: Choice[] = []
  let page: string | undefined
  for (let read = 0; read < MOST_PAGES; read++) {
    const answer = await liveChoices(definition, action, settings, { path, ...(page && { page }) })
    choices.push(...answer.choices)
    if (answer.error !== null || answer.nextPage === null) return { choices, error: answer.error, isComplete: true }
    page = answer.nextPage
  }
  return { choices, error: null, isComplete: false }
}

function warningsOf({ field, label, values }: FixedValues, { choices, error, isComplete }: Choices): Problem[] {
  const known = new Set(choices.map(({ value }) => String(value)))
  const unknown = values.filter((value) => !known.has(value))
  if (error !== null) return [{ field, message: `${label} was not checked, since Kameleoon cannot be asked: ${error}` }]
  if (!isComplete) return []
  return unknown.map((value) => ({ field, message: unknownInWords(label, value, choices) }))
}

function unknownInWords(label: string, value: string, choices: Choice[]): string {
  const named = choices.find((choice) => choice.label.trim().toLowerCase() === value.toLowerCase())
  if (named) return `“${value}” is a name. Its number is ${String(named.value)}: choose it from the list.`
  return `The project has no ${label.toLowerCase()} ${value}, or it is archived. Kameleoon would discard what is sent to it.`
}

/** A fixed value as text; a directive has none. */
function plainValue(value: unknown): string[] {
  return typeof value === 'string' || typeof value === 'number' ? [String(value).trim()] : []
}
