import type { EventType } from './event-types'
import { LIMITS } from '../limits'

/** A visit event that passed every check: the common parameters, and the fields of its type under their own names. */
export interface VisitEvent {
  eventType: EventType
  /** 16 hexadecimal digits in upper case. */
  nonce: string
  visitorCode: string
  /** The cross-device id by which the event came in place of a visitor code; it is in `visitorCode` too. */
  mappingValue?: string
  userAgent?: string
  /** When it arrived, in milliseconds. Kameleoon accepts no event time from clients. */
  at: number
  /** The time that the event itself named, in milliseconds, where the mode `eventTime` uses it. */
  givenTime?: number
  [field: string]: unknown
}

/** Why Kameleoon would discard an event or one of its fields. */
export interface Problem {
  reason: string
  field?: string
  value?: unknown
  /** The event is kept, but the field is dropped or cut. */
  harmless?: boolean
}

/** The part of a request body that a problem belongs to. */
export interface PartName {
  /** Nonce of the visit event, in upper case, or key of the map. */
  key?: string
  visitorCode?: string
}

/** Why this visitor code is invalid, or undefined when it is valid. */
export function visitorCodeProblem(code: unknown): string | undefined {
  if (typeof code !== 'string' || code.trim() === '') return 'visitor code missing'
  if (code.length > LIMITS.visitorCodeLength) return `visitor code longer than ${LIMITS.visitorCodeLength} characters`
  if (/[\r\n]/.test(code)) return 'visitor code with a line break'
  return undefined
}
