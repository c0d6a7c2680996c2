import type { EventCheck } from './events/check'
import { isObject, isText } from './values'
import type { PartName, Problem } from './events/visit-event'
import type { NonceCheck } from './nonces'
import { fieldsOf } from './visitors'

/** What Kameleoon did with one part of a request body: a visit event, or a map. */
export interface PartResult {
  /** The event type, or `map`. */
  what: string
  /** Nonce of the visit event, in upper case, or key of the map. */
  key: string
  visitorCode: string | null
  kind: 'kept' | 'duplicate' | 'discarded'
  reason: string | null
  /** The stored fields, or the value that was wrong. */
  value: unknown
}

/** An accepted request body, and the results of its parts in their order. */
export interface Handled {
  path: string
  body: string
  results: PartResult[]
  /** What the option `senderOf` returned when the request arrived. */
  sender: unknown
}

/** The result of one visit event. `content` is the event as it was sent; `nonce` says whether its nonce was new. */
export function eventResult(content: unknown, { event, problems }: EventCheck, nonce: NonceCheck | null): PartResult {
  if (!event) {
    const [first] = problems.filter(({ harmless }) => !harmless)
    const { eventType }: Record<string, unknown> = isObject(content) ? content : {}
    const { key = '', visitorCode = null } = partNamed(content)
    return {
      what: textOr(eventType, 'unreadable'),
      ...{ key, visitorCode },
      kind: 'discarded',
      reason: withField(first),
      value: first.value
    }
  }
  const named = { what: event.eventType, key: event.nonce, visitorCode: event.visitorCode }
  const value = fieldsOf(event)
  if (nonce === 'repeated') return { ...named, kind: 'duplicate', reason: 'stored before', value }
  if (nonce === 'reused') return { ...named, kind: 'discarded', reason: 'nonce of another event', value }
  const [less] = problems
  return { ...named, kind: 'kept', reason: less ? withField(less) : null, value }
}

/** What names a visit event, as far as it can be read from the event as it was sent. */
export function partNamed(content: unknown): PartName {
  const { visitorCode, nonce }: Record<string, unknown> = isObject(content) ? content : {}
  return { ...(isText(nonce) && { key: nonce.toUpperCase() }), ...(isText(visitorCode) && { visitorCode }) }
}

/** The result of one map. `problem` is the reason why it was not written. */
export function mapResult(key: string, value: unknown, problem?: string): PartResult {
  const kind = problem === undefined ? 'kept' : 'discarded'
  return { what: 'map', key, visitorCode: null, kind, reason: problem ?? null, value }
}

function textOr(value: unknown, otherwise: string): string {
  return isText(value) ? value : otherwise
}

function withField({ reason, field }: Problem): string {
  return field === undefined ? reason : `${reason} (${field})`
}
