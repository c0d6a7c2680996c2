import { isDirective, type FieldValue, type InputField } from '@segment/actions-core'
import { actionFieldsOf, settingsOf, type PlacedField, type Problem, type Rule, keyOf } from '../problems'

type Type = InputField['type']

/** Defaults and choices that a user could have entered: of the field's type, and a default among the choices. */
export const values: Rule = (definition) =>
  [...settingsOf(definition), ...actionFieldsOf(definition)].flatMap((field) => [
    ...choicesFaults(field),
    ...defaultFaults(field),
    ...rangeFaults(field)
  ])

function choicesFaults([place, { choices, type }]: PlacedField): Problem[] {
  if (choices === undefined) return []
  if (choices.length === 0) return [{ place, fault: 'offers an empty list of choices' }]
  const offered = valuesOf(choices)
  const wrong = offered.filter((value) => !isOfType(value, type)).map((value) => `a choice ${shown(value)}`)
  const twice = offered.filter((value, index) => offered.indexOf(value) !== index)
  return [
    ...wrong.map((what) => ({ place, fault: `has ${what}, but type ${type}` })),
    ...twice.map((value) => ({ place, fault: `offers ${shown(value)} twice` }))
  ]
}

function defaultFaults([place, { default: value, type, choices, multiple }]: PlacedField): Problem[] {
  if (value === undefined || isMapping(value)) return []
  if (multiple !== Array.isArray(value) && (multiple || Array.isArray(value))) {
    return [{ place, fault: `has the default ${shown(value)}, but takes ${multiple ? 'several values' : 'one value'}` }]
  }
  const single: unknown[] = Array.isArray(value) ? value : [value]
  return single.flatMap((one) => {
    if (!isOfType(one, type)) return [{ place, fault: `has the default ${shown(one)}, but type ${type}` }]
    if (choices === undefined || valuesOf(choices).includes(one)) return []
    return [{ place, fault: `has the default ${shown(one)}, which is not among its choices` }]
  })
}

/** The framework does not look at these: it takes a bound of 0 for none, and knows none for whole numbers. */
function rangeFaults([place, { type, minimum, maximum }]: PlacedField): Problem[] {
  const bounds = Object.entries({ minimum, maximum }).filter(([, bound]) => bound !== undefined)
  return bounds
    .filter(([, bound]) => bound === 0 || type === 'integer')
    .map(([name, bound]) => ({ place, fault: `has ${name} ${bound}, which the framework ignores: check it in code` }))
}

function valuesOf(choices: NonNullable<InputField['choices']>): unknown[] {
  return choices.map((choice) => (typeof choice === 'object' ? choice.value : choice))
}

/** Whether a default takes its value from the event, at its root or within. */
function isMapping(value: unknown): boolean {
  if (isDirective(value as FieldValue)) return true
  return typeof value === 'object' && value !== null && Object.values(value).some(isMapping)
}

function isOfType(value: unknown, type: Type | undefined): boolean {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return Number.isFinite(value)
    case 'object':
      return typeof value === 'object' && value !== null
    case 'datetime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
    case 'string':
    case 'text':
    case 'password':
    case undefined:
      return typeof value === 'string'
  }
}

function shown(value: unknown): string {
  return JSON.stringify(value)
}

/** Segment's own check: these words within a key, apart from letters and digits. */
const SEGMENTS_CHECK = /(^|[^A-Za-z0-9])(key|token|secret|password|code)($|[^A-Za-z0-9])/i

/** Stricter: these words in camel case too. A code may be public, as a site code is. */
const SECRET_WORD = /^(key|token|secret|password)$/i

/** A setting that is named like a secret has type password, so that Segment encrypts and hides it. */
export const secrets: Rule = (definition) =>
  settingsOf(definition)
    .filter(([place, { type }]) => type !== 'password' && soundsSecret(keyOf(place)))
    .map(([place, { type }]) => ({ place, fault: `is named like a secret, but has type ${type} instead of password` }))

function soundsSecret(key: string): boolean {
  const words = key.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/)
  return SEGMENTS_CHECK.test(key) || words.some((word) => SECRET_WORD.test(word))
}

type Conditions = NonNullable<InputField['depends_on']>

/** A field that depends on another names one that exists. */
export const dependencies: Rule = ({ actions, authentication }) => {
  const groups: [string, Record<string, Partial<InputField>>][] = [
    ['authentication.fields', (authentication?.fields ?? {}) as Record<string, InputField>],
    ...Object.entries(actions).map(([key, { fields }]): [string, Record<string, InputField>] => [
      `actions.${key}.fields`,
      fields as Record<string, InputField>
    ])
  ]
  return groups.flatMap(([place, fields]) =>
    Object.entries(fields).flatMap(([key, { depends_on, required }]) =>
      [depends_on, typeof required === 'object' ? required : undefined]
        .flatMap((conditions) => keysIn(conditions))
        .filter((other) => !fields[other.split('.')[0]])
        .map((other) => ({ place: `${place}.${key}`, fault: `depends on ${other}, which does not exist` }))
    )
  )
}

function keysIn(conditions: Conditions | undefined): string[] {
  return (conditions?.conditions ?? []).flatMap((condition) => ('fieldKey' in condition ? [condition.fieldKey] : []))
}
