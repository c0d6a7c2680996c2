import { PayloadValidationError } from '@segment/actions-core'

/** Paths into an event may be as long as the event; an error that long helps nobody. */
const MAX_FIELD_LENGTH = 80

/** A value of one event that cannot be sent. Rejects that event alone and is not retried. */
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

/** Names a value's kind for an error text, without quoting what may be personal data. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (typeof value === 'string' && value.trim() === '') return 'an empty string'
  return `a ${typeof value}`
}
