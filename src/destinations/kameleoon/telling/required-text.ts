import { InvalidFieldError } from '../errors'

/**
 * Refuses required fields that are empty strings: the framework does so for single events, but lets them pass in batches.
 * @throws InvalidFieldError
 */
export function requireText<Field extends string>(payload: Record<Field, string>, fields: readonly Field[]): void {
  const empty = fields.find((field) => payload[field] === '')
  if (empty !== undefined) throw new InvalidFieldError(empty, 'is an empty string.')
}
