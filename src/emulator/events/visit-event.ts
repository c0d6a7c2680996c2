import type { EventType } from './event-types'

/** A visit event that passed every check: the common parameters, and the fields of its type under their own names. */
export interface VisitEvent {
  eventType: EventType
  /** 16 hexadecimal digits in upper case. */
  nonce: string
  visitorCode: string
  userAgent?: string
  /** When it arrived, in milliseconds: Kameleoon takes no event time from outside. */
  at: number
  [field: string]: unknown
}

/** Why an event or one of its fields is of no use to Kameleoon. */
export interface Problem {
  reason: string
  field?: string
  value?: unknown
  /** The event is kept all the same, without the field or with less of it. */
  harmless?: boolean
}
