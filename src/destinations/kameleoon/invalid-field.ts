import { PayloadValidationError } from '@segment/actions-core'
import { hasLoneSurrogate, kindOf } from './values'

/** A path into an event may be as long as the event itself, so an error shows only its start. */
const MAX_FIELD_LENGTH = 80

/** A value of an event or a mapping that cannot be sent. Only this event is rejected, and it is not retried. */
export class InvalidFieldError extends PayloadValidationError {
  readonly field: string
  readonly reason: string

  /**
   * @param field the field as the mapping or the event names it, such as `traits.address.city`
   * @param reason what is wrong and what to do, starting with a verb
   */
  constructor(field: string, reason: string) {
    const shown = field.length > MAX_FIELD_LENGTH ? `${field.slice(0, MAX_FIELD_LENGTH)}…` : field
    super(`${shown} ${reason}`)
    this.field = field
    this.reason = reason
  }
}

/**
 * Rejects a required field that is absent; blank text was removed before. Segment's framework does so for single events, but
 * not in batches.
 * @throws InvalidFieldError
 */
export function requireText<Field extends string>(payload: Partial<Record<Field, string>>, field: Field): void {
  if (payload[field] === undefined) throw new InvalidFieldError(field, 'is missing or blank.')
}

/** A number of an optional field; text with a number means the number. @throws InvalidFieldError for anything else */
export function optionalNumber(value: unknown, field: string): number | undefined {
  if (value === undefined) return undefined
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number === 'number' && Number.isFinite(number)) return number
  throw new InvalidFieldError(field, `must be a number, but it is ${shown(value)}.`)
}

/** A boolean of an optional field; its text means the same. @throws InvalidFieldError for anything else */
export function optionalFlag(value: unknown, field: string): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value
  const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined
  if (text === 'true' || text === 'false') return text === 'true'
  throw new InvalidFieldError(field, `must be true or false, but it is ${shown(value)}.`)
}

/**
 * Rejects a string with half a Unicode character: it would reach Kameleoon as another string.
 * @throws InvalidFieldError
 */
export function rejectLoneSurrogate(text: string, field: string): void {
  if (hasLoneSurrogate(text)) {
    throw new InvalidFieldError(field, 'is a string with half a Unicode character (a lone surrogate).')
  }
}

/**
 * Reads an id or an index of Kameleoon: a whole number from 0, as a number or as digits.
 * @throws InvalidFieldError that says which field it is and what it has instead
 */
export function wholeNumber(value: unknown, field: string): number {
  const number = typeof value === 'string' && /^(0|[1-9]\d*)$/.test(value.trim()) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0 || Object.is(number, -0)) {
    throw new InvalidFieldError(field, `must be a whole number, but it is ${shown(value)}.`)
  }
  return number
}

/** Ids and indices are set by whoever makes the mapping and are no personal data, so they are quoted. */
function shown(value: unknown): string {
  if (typeof value === 'string' && value !== '') return `the string "${value.slice(0, 40)}"`
  return typeof value === 'number' && Number.isFinite(value) ? `the number ${value}` : kindOf(value)
}
