import { InvalidFieldError } from '../errors'

/**
 * Rejects a required field that is an empty string: the framework does so for single events, but lets it pass in batches.
 * @throws InvalidFieldError
 */
export function requireText<Field extends string>(payload: Record<Field, string>, field: Field): void {
  if (payload[field] === '') throw new InvalidFieldError(field, 'is an empty string.')
}
