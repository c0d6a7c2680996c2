import { isDirective } from '@segment/actions-core'
import type { FieldValue, InputField } from '@segment/actions-core'
import { actionFieldsOf, settingsOf, type PlacedField } from './places'
import type { Problem, Rule } from './problem'

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
