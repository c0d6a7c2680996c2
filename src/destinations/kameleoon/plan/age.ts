import dayjs from 'dayjs'
import { InvalidFieldError, kindOf } from '../errors'
import { filtered } from './plan'
import type { Filtered } from './plan'

export interface AgeFields {
  timestamp: string | number
  maxEventAgeHours?: number
}

/** When an event happened, in milliseconds since 1970. @throws InvalidFieldError if its timestamp is no time */
export function eventTime(timestamp: unknown): number {
  const time = typeof timestamp === 'string' || typeof timestamp === 'number' ? timeOf(timestamp) : NaN
  if (Number.isNaN(time)) {
    throw new InvalidFieldError(
      'timestamp',
      `must be a date and time such as 2026-01-31T12:00:00.000Z, but it is ${kindOf(timestamp)} that is none.`
    )
  }
  return time
}

/**
 * Skips an event that is too old: Kameleoon counts events when they arrive, so old ones distort running experiments.
 * @throws InvalidFieldError for a limit that is no time span
 */
export function filterIfOld({ timestamp, maxEventAgeHours }: AgeFields): Filtered | undefined {
  if (maxEventAgeHours === undefined) return undefined
  if (!(maxEventAgeHours > 0)) {
    throw new InvalidFieldError('maxEventAgeHours', `must be above 0, but it is the number ${maxEventAgeHours}.`)
  }
  if (dayjs().diff(eventTime(timestamp), 'hour', true) <= maxEventAgeHours) return undefined
  return filtered(`The event is older than ${maxEventAgeHours} hours, the limit set in the mapping.`)
}

/** A leap second is a valid time in RFC 3339, but none that a Date has. */
function timeOf(timestamp: string | number): number {
  const time = new Date(timestamp).getTime()
  return Number.isNaN(time) ? new Date(String(timestamp).replace(/:60(?=[.Zz+-])/, ':59')).getTime() : time
}
