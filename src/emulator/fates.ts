import type { Judgement } from './events/judge'
import { isObject } from './events/is-object'
import type { NonceVerdict } from './nonces'
import { fieldsOf } from './visitors'

/** What Kameleoon did with one part of a body after it had answered: a visit event, or a map. */
export interface PartFate {
  /** The event type, or `map`. */
  what: string
  /** Nonce of the visit event, in upper case, or key of the map. */
  key: string
  visitorCode: string | null
  verdict: 'kept' | 'duplicate' | 'thrown-away'
  reason: string | null
  /** What was kept, or what it found wrong. */
  value: unknown
}

/** A body that was taken, and the fates of its parts in their order. */
export interface Handled {
  path: string
  body: string
  fates: PartFate[]
}

/** The fate of one visit event; `content` is the event as it was read, `nonce` what is known of its nonce. */
export function eventFate(content: unknown, { event, problems }: Judgement, nonce: NonceVerdict | null): PartFate {
  if (!event) {
    const [first] = problems.filter(({ harmless }) => !harmless)
    const { eventType, visitorCode, nonce: key }: Record<string, unknown> = isObject(content) ? content : {}
    const named = { what: textOr(eventType, 'unreadable'), key: textOr(key, '').toUpperCase() }
    const code = typeof visitorCode === 'string' ? visitorCode : null
    return {
      ...named,
      visitorCode: code,
      verdict: 'thrown-away',
      ...told(first.reason, first.field),
      value: first.value
    }
  }
  const named = { what: event.eventType, key: event.nonce, visitorCode: event.visitorCode }
  const value = fieldsOf(event)
  if (nonce === 'repeated') return { ...named, verdict: 'duplicate', reason: 'stored before', value }
  if (nonce === 'reused') return { ...named, verdict: 'thrown-away', reason: 'nonce of another event', value }
  const [less] = problems
  return { ...named, verdict: 'kept', ...(less ? told(less.reason, less.field) : { reason: null }), value }
}

/** The fate of one map; `problem` says why it was not written. */
export function mapFate(key: string, value: unknown, problem?: string): PartFate {
  const verdict = problem === undefined ? 'kept' : 'thrown-away'
  return { what: 'map', key, visitorCode: null, verdict, reason: problem ?? null, value }
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}

function told(reason: string, field: string | undefined): { reason: string } {
  return { reason: field === undefined ? reason : `${reason} (${field})` }
}
