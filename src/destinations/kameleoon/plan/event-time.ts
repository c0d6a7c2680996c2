import dayjs from 'dayjs'
import { InvalidFieldError } from '../invalid-field'
import { kindOf } from '../values'
import { filtered } from './plan'
import type { Filtered } from './plan'

export interface AgeFields {
  timestamp: string | number
  /** Older events are filtered. Default: no limit. */
  maxEventAgeHours?: number
}

/** When an event happened, in milliseconds since 1970. @throws InvalidFieldError if its timestamp is no date and time */
export function eventTime(timestamp: unknown): number {
  const time = typeof timestamp === 'string' || typeof timestamp === 'number' ? timeOf(timestamp) : NaN
  if (Number.isNaN(time)) {
    throw new InvalidFieldError(
      'timestamp',
      `must be a date and time such as 2026-01-31T12:00:00.000Z, but it is ${shown(timestamp)}.`
    )
  }
  return time
}

/**
 * Filters an event that is too old. Kameleoon counts events when they arrive, so old ones distort running experiments.
 * @throws InvalidFieldError for a limit of 0 hours or less
 */
export function filterIfOld({ timestamp, maxEventAgeHours }: AgeFields): Filtered | undefined {
  if (maxEventAgeHours === undefined) return undefined
  if (!(maxEventAgeHours > 0)) {
    throw new InvalidFieldError('maxEventAgeHours', `must be above 0, but it is the number ${maxEventAgeHours}.`)
  }
  if (dayjs().diff(eventTime(timestamp), 'hour', true) <= maxEventAgeHours) return undefined
  return filtered(`The event is older than ${maxEventAgeHours} hours, the limit set in the mapping.`)
}

/** A leap second (23:59:60) is valid in RFC 3339 but not for `Date`, so it counts as the second before. */
function timeOf(timestamp: string | number): number {
  const time = new Date(timestamp).getTime()
  return Number.isNaN(time) ? new Date(String(timestamp).replace(/:60(?=[.Zz+-])/, ':59')).getTime() : time
}

function shown(timestamp: unknown): string {
  const isOtherText = typeof timestamp === 'string' && timestamp.trim() !== ''
  return isOtherText ? 'a string that is not one' : kindOf(timestamp)
}
