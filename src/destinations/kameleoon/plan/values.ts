import { InvalidFieldError, kindOf } from '../errors'
import { hasLoneSurrogate } from '../text'

/**
 * The values of one custom data as Kameleoon holds them: strings. Empty ones are filtered.
 * @throws InvalidFieldError for anything but strings, numbers, booleans and lists of them
 */
export function valuesOf(value: unknown, field: string): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [value]
  return list.filter((item) => item !== undefined && item !== null && item !== '').map((item) => text(item, field))
}

function text(value: unknown, field: string): string {
  const isNumber = typeof value === 'number' && Number.isFinite(value)
  if (typeof value !== 'string' && typeof value !== 'boolean' && !isNumber) {
    throw new InvalidFieldError(
      field,
      `must be a string, a number, a boolean or a list of them, but it is ${kindOf(value)}.`
    )
  }
  const text = String(value)
  if (hasLoneSurrogate(text)) {
    throw new InvalidFieldError(field, 'is a string with half a Unicode character (a lone surrogate).')
  }
  return text
}
