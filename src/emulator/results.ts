import type { Judgement } from './events/judge'
import { isObject } from './events/is-object'
import type { NonceCheck } from './nonces'
import { fieldsOf } from './visitors'

/** What Kameleoon did with one part of a body after it had answered: a visit event, or a map. */
export interface PartResult {
  /** The event type, or `map`. */
  what: string
  /** Nonce of the visit event, in upper case, or key of the map. */
  key: string
  visitorCode: string | null
  kind: 'kept' | 'duplicate' | 'discarded'
  reason: string | null
  /** What was kept, or what it found wrong. */
  value: unknown
}

/** A body that was taken, and the results of its parts in their order. */
export interface Handled {
  path: string
  body: string
  results: PartResult[]
  /** What the option `senderOf` returned when the request arrived. */
  sender: unknown
}

/** The result of one visit event; `content` is the event as it was read, `nonce` what is known of its nonce. */
export function eventResult(content: unknown, { event, problems }: Judgement, nonce: NonceCheck | null): PartResult {
  if (!event) {
    const [first] = problems.filter(({ harmless }) => !harmless)
    const { eventType, visitorCode, nonce: key }: Record<string, unknown> = isObject(content) ? content : {}
    const named = { what: textOr(eventType, 'unreadable'), key: textOr(key, '').toUpperCase() }
    const code = typeof visitorCode === 'string' ? visitorCode : null
    return {
      ...named,
      visitorCode: code,
      kind: 'discarded',
      ...told(first.reason, first.field),
      value: first.value
    }
  }
  const named = { what: event.eventType, key: event.nonce, visitorCode: event.visitorCode }
  const value = fieldsOf(event)
  if (nonce === 'repeated') return { ...named, kind: 'duplicate', reason: 'stored before', value }
  if (nonce === 'reused') return { ...named, kind: 'discarded', reason: 'nonce of another event', value }
  const [less] = problems
  return { ...named, kind: 'kept', ...(less ? told(less.reason, less.field) : { reason: null }), value }
}

/** The result of one map; `problem` says why it was not written. */
export function mapResult(key: string, value: unknown, problem?: string): PartResult {
  const kind = problem === undefined ? 'kept' : 'discarded'
  return { what: 'map', key, visitorCode: null, kind, reason: problem ?? null, value }
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}

function told(reason: string, field: string | undefined): { reason: string } {
  return { reason: field === undefined ? reason : `${reason} (${field})` }
}
