import { DEFAULT_TTL_HOURS, MAX_TTL_HOURS, MIN_TTL_HOURS } from '../kameleoon-api/limits'
import { InvalidFieldError } from '../errors'

export const EXISTING_DATA = ['keep', 'replace'] as const

export interface StorageFields {
  ttlHours?: number
  existingData?: string
}

export interface StorageOptions {
  ttlHours: number
  keepsExisting: boolean
}

/** How long data is stored and whether what is there stays. @throws InvalidFieldError for a time outside 1 to 8784 hours */
export function storageOptions({ ttlHours = DEFAULT_TTL_HOURS, existingData }: StorageFields): StorageOptions {
  if (!Number.isInteger(ttlHours) || ttlHours < MIN_TTL_HOURS || ttlHours > MAX_TTL_HOURS) {
    throw new InvalidFieldError(
      'ttlHours',
      `must be a whole number from ${MIN_TTL_HOURS} to ${MAX_TTL_HOURS}, but it is the number ${ttlHours}.`
    )
  }
  return { ttlHours, keepsExisting: existingData !== 'replace' }
}
