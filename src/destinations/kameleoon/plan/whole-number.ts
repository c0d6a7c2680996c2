import { InvalidFieldError, kindOf } from '../errors'

/**
 * A whole number from 0, given as number or digits: ids and indices of Kameleoon.
 * @throws InvalidFieldError naming the field and what it is instead
 */
export function wholeNumber(value: unknown, field: string): number {
  const number = typeof value === 'string' && /^(0|[1-9]\d*)$/.test(value.trim()) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0 || Object.is(number, -0)) {
    throw new InvalidFieldError(field, `must be a whole number, but it is ${shown(value)}.`)
  }
  return number
}

function shown(value: unknown): string {
  if (typeof value === 'string' && value !== '') return `the string "${value.slice(0, 40)}"`
  return typeof value === 'number' && Number.isFinite(value) ? `the number ${value}` : kindOf(value)
}
