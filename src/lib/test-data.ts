/**
 * Made-up data for snapshot tests, at the place and with the values of Segment's repository: a test of the destination
 * folder imports `../../../lib/test-data` here and there, and its snapshots hold in both.
 */
import type { ActionDefinition, DestinationDefinition, InputField, JSONObject, JSONValue } from '@segment/actions-core'
import Chance from 'chance'

type Field = Pick<InputField, 'type'> & Partial<InputField>
type Maker = (chance: Chance.Chance, field: Field) => JSONValue

/** The same day for every seed. `date-time` below depends on the current year. */
const A_DATE_AND_TIME = '2021-02-01T00:00:00.000Z'

const BY_TYPE: Partial<Record<InputField['type'], Maker>> = {
  boolean: (chance) => chance.bool(),
  datetime: () => A_DATE_AND_TIME,
  integer: (chance, field) => chance.integer(rangeOf(field)),
  number: (chance, field) => chance.floating({ ...rangeOf(field), fixed: 2 }),
  text: (chance) => chance.sentence(),
  object: (chance) => ({ testType: chance.string() })
}

const BY_FORMAT: Partial<Record<NonNullable<InputField['format']>, Maker>> = {
  date: (chance) => {
    const date = chance.date()
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-')
  },
  'date-time': (chance) => chance.date().toISOString(),
  email: (chance) => chance.email(),
  hostname: (chance) => chance.domain(),
  ipv4: (chance) => chance.ip(),
  ipv6: (chance) => chance.ipv6(),
  time: (chance) => {
    const date = chance.date()
    return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')
  },
  uri: (chance) => chance.url(),
  uuid: (chance) => chance.guid()
}

/** Fields whose value depends on their name. */
const BY_NAME: Record<string, Maker> = {
  email: (chance) => chance.email(),
  currency: (chance) => chance.currency().code,
  phone_number: (chance) => `+${chance.phone({ formatted: false })}`
}

const CONSENT = { categoryPreferences: { analytics: true, marketing: false } }

/**
 * Values for all fields of an action, or for the required ones, and for the settings.
 *
 * @param seed by convention `<slug>#<action>`; the same seed gives the same values
 * @returns the payload of the action, and the settings. The types are right, but a destination's own checks may reject
 * the values.
 */
export function generateTestData<Settings>(
  seed: string,
  destination: Pick<DestinationDefinition<Settings>, 'authentication'>,
  action: Pick<ActionDefinition<Settings>, 'fields'>,
  isRequiredOnly: boolean
): [payload: JSONObject, settings: JSONObject] {
  const payload: JSONObject = {}
  for (const [name, field] of Object.entries(action.fields as Record<string, InputField>)) {
    if (isRequiredOnly && !countsAsRequired(name, field)) continue
    const value = payloadValue(seed, name, field, isRequiredOnly)
    payload[name] = field.multiple ? [value] : value
  }
  const settings: JSONObject = {}
  for (const [name, { choices: _choices, ...setting }] of Object.entries(destination.authentication?.fields ?? {})) {
    settings[name] = valueOf(seed, '', setting as Field)
  }
  return [payload, settings]
}

/** Segment's generator includes identifiers and consent always. */
function countsAsRequired(name: string, { required }: Field): boolean {
  return Boolean(required) || name.includes('id') || name.includes('consent')
}

function payloadValue(seed: string, name: string, field: Field, isRequiredOnly: boolean): JSONValue {
  if (field.properties) return objectOf(seed, field.properties, isRequiredOnly)
  return name === 'consent' ? CONSENT : valueOf(seed, name, field)
}

function objectOf(seed: string, properties: NonNullable<Field['properties']>, isRequiredOnly: boolean): JSONObject {
  const object: JSONObject = {}
  for (const [name, property] of Object.entries(properties)) {
    if (isRequiredOnly && !property.required) continue
    const value = valueOf(seed, name, property)
    object[name] = property.multiple ? [value] : value
  }
  return object
}

function valueOf(seed: string, name: string, field: Field): JSONValue {
  const chance = new Chance(seed)
  if (field.choices) return choiceOf(chance, field.choices)
  const make = BY_TYPE[field.type] ?? (field.format && BY_FORMAT[field.format]) ?? ((source) => source.string())
  const value = make(chance, field)
  const named = Object.prototype.hasOwnProperty.call(BY_NAME, name) ? BY_NAME[name] : undefined
  return named ? named(chance, field) : value
}

function choiceOf(chance: Chance.Chance, choices: NonNullable<Field['choices']>): JSONValue {
  const choice = chance.pickone<string | { value: string | number; label: string }>([...choices])
  return typeof choice === 'object' ? choice.value || choice : choice
}

function rangeOf({ minimum, maximum }: Field): { min?: number; max?: number } {
  return { ...(minimum !== undefined && { min: minimum }), ...(maximum !== undefined && { max: maximum }) }
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
