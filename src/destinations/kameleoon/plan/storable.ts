import { InvalidFieldError } from '../invalid-field'
import { MAX_FIELD_NAME_LENGTH } from '../kameleoon-api/limits'
import type { StoredMap } from '../kameleoon-api/data-api'
import { hasLoneSurrogate, isBlank, isRecord, kindOf } from '../values'
import { isVisitorCodeName } from '../visitor'

/** Deeper data is a mistake or an attack, and JSON parsers may fail on it. */
const MAX_DEPTH = 100

/** Traits that Kameleoon's Segment integration sets when it shows a campaign. They come from Kameleoon in the first place. */
const EXPOSURE_TRAITS = ['Experiment', 'Personalization']

/**
 * The names of the traits that a mapping stores: a list, or text with commas.
 * @returns undefined if there are none, which means all traits
 * @throws InvalidFieldError for anything but text: a list that cannot be read must not mean all
 */
export function storedTraitNames(given: unknown): readonly string[] | undefined {
  if (isBlank(given)) return undefined
  const list: unknown[] = Array.isArray(given) ? given : typeof given === 'string' ? given.split(',') : [given]
  const names = list
    .filter((name) => !isBlank(name))
    .map((name) => {
      if (typeof name === 'string') return name.trim()
      throw new InvalidFieldError('storedTraits', `must be a list of names of traits, but it has ${kindOf(name)}.`)
    })
  return names.length === 0 ? undefined : names
}

/**
 * Traits as they are stored: without the visitor code, which is part of the key, and without Kameleoon's own.
 * @param names the traits to store; default: all. The others may be anything.
 * @throws InvalidFieldError for anything that JSON in UTF-8 changes, with the path and the kind of the value
 */
export function storableTraits(given: Record<string, unknown> = {}, names?: readonly string[]): StoredMap {
  if (!isRecord(given)) throw new InvalidFieldError('traits', `must be an object, but it is ${kindOf(given)}.`)
  const traits = names === undefined ? given : chosen(given, names)
  checkObject(traits, 'traits', 1)
  const stored: StoredMap = {}
  for (const name of Object.keys(traits)) {
    if (!isVisitorCodeName(name) && !EXPOSURE_TRAITS.includes(name)) stored[checkedFieldName(name)] = traits[name]
  }
  return stored
}

function chosen(traits: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(traits).filter(([name]) => names.includes(name.trim())))
}

/** @throws InvalidFieldError for a name longer than Kameleoon keeps, and for `__proto__` */
export function checkedFieldName(name: string, field = `traits.${name}`): string {
  if (name === '__proto__') throw new InvalidFieldError(field, 'is __proto__, a key that is never stored.')
  checkText(name, field)
  if (name.length > MAX_FIELD_NAME_LENGTH) {
    throw new InvalidFieldError(
      field,
      `is a name of ${name.length} characters; Kameleoon takes ${MAX_FIELD_NAME_LENGTH} at most.`
    )
  }
  return name
}

/**
 * Checks a value that is sent as it is, whatever its shape.
 * @param path where the value is, for the error
 * @throws InvalidFieldError for anything that JSON in UTF-8 changes
 */
export function checkStorable(value: unknown, path: string): void {
  check(value, path, 0)
}

function check(value: unknown, path: string, depth: number): void {
  if (typeof value === 'string') return checkText(value, path)
  if (typeof value === 'number') return checkNumber(value, path)
  if (value === null || value === undefined || typeof value === 'boolean') return
  if (value instanceof Date) return checkNumber(value.getTime(), path)
  if (typeof value !== 'object') throw new InvalidFieldError(path, `is ${kindOf(value)}, which JSON cannot carry.`)
  if (depth >= MAX_DEPTH) {
    throw new InvalidFieldError(path, `is nested deeper than ${MAX_DEPTH} levels, or contains itself.`)
  }
  if (Array.isArray(value)) value.forEach((item, index) => check(item, `${path}[${index}]`, depth + 1))
  else checkObject(value, path, depth + 1)
}

function checkObject(value: object, path: string, depth: number): void {
  if (!isPlain(value)) {
    throw new InvalidFieldError(path, 'is an object with the key __proto__, which is never stored. Remove that key.')
  }
  for (const [key, member] of Object.entries(value)) {
    if (key === '__proto__') {
      throw new InvalidFieldError(`${path}.__proto__`, 'is a key that is never stored. Remove it.')
    }
    checkText(key, path)
    check(member, `${path}.${key}`, depth)
  }
}

/** When the framework copies an event, a key `__proto__` becomes the prototype of the copy. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype !== null && Object.getPrototypeOf(prototype) === null
}

function checkText(text: string, path: string): void {
  if (hasLoneSurrogate(text)) {
    throw new InvalidFieldError(path, 'has a string with half a Unicode character (a lone surrogate).')
  }
}

function checkNumber(value: number, path: string): void {
  if (!Number.isFinite(value)) throw new InvalidFieldError(path, `is ${kindOf(value)}, which JSON cannot carry.`)
}
