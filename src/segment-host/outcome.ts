import { messageOf } from './errors'
import { memberOf } from './values'

/** The result of one event in one subscription. */
export type Outcome =
  /** `notes` tell what the user should know although the event was delivered, such as a value that was left out. */
  | { kind: 'delivered'; notes?: string[] }
  /** The destination sends nothing for this event on purpose. */
  | { kind: 'filtered'; reason: string }
  /** `status` is an HTTP status; `retryAfterMs` is the pause that the destination asks for, in milliseconds. */
  | { kind: 'rejected'; status: number; reason: string; retryAfterMs?: number }

/** The parts of a multistatus node that are read here. Undefined where actions-core has no node for an event. */
export type OutcomeNode = { status: number; errormessage?: string; body?: unknown; sent?: unknown } | undefined

/**
 * Reads the node of one event. A destination marks an event it filters with `body.filtered`, the reason, and may say more of
 * a delivered one in `body.notes`.
 */
export function outcomeOf(node: OutcomeNode): Outcome {
  if (!node) return { kind: 'rejected', status: 500, reason: 'The destination returned no outcome for this event' }
  if (node.status >= 300) return rejectionOf(node.status, node.errormessage, node.body)
  const filtered = memberOf(node.body, 'filtered')
  if (typeof filtered === 'string') return { kind: 'filtered', reason: filtered }
  const notes = notesIn(node.body)
  return notes.length > 0 ? { kind: 'delivered', notes } : { kind: 'delivered' }
}

function notesIn(body: unknown): string[] {
  const notes = memberOf(body, 'notes')
  return Array.isArray(notes) ? notes.filter((note): note is string => typeof note === 'string') : []
}

function rejectionOf(status: number, message: string | undefined, body: unknown): Outcome {
  const seconds = memberOf(body, 'retryAfterSeconds')
  const reason = message || `Status ${status} without a message`
  const retryAfterMs = typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : undefined
  return { kind: 'rejected', status, reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

/** Error codes of Node for connections that failed. The events themselves are not the cause. */
const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT'
])

/** Statuses of an error that a single event of the batch may have caused. */
const CONTENT_STATUSES = new Set([400, 413, 422])

/** True when one event may have made the whole batch fail. Its neighbours are then sent again without it. */
export function mayBeOneEvent(error: unknown): boolean {
  const { status } = describe(error)
  return status === undefined || CONTENT_STATUSES.has(status)
}

/** The outcome of every event of a batch for which the destination threw an error. */
export function thrownOutcome(error: unknown): Outcome {
  const { status, errormessage } = thrownNode(error)
  return { kind: 'rejected', status, reason: errormessage }
}

/** The same as the node of an event. */
export function thrownNode(error: unknown): { status: number; errormessage: string } {
  const { status, reason } = describe(error)
  // Without a status the framework failed on this very event, and it would fail again.
  return { status: status ?? 400, errormessage: reason }
}

function describe(error: unknown): { status: number | undefined; reason: string } {
  const name = memberOf(error, 'name')
  const message = `${typeof name === 'string' ? name : 'Thrown'}: ${messageOf(error)}`
  const reason = name === 'RangeError' ? `The event cannot be processed, is it nested too deeply? ${message}` : message
  if (CONNECTION_CODES.has(String(memberOf(error, 'code')))) return { status: 503, reason }
  const statuses = [memberOf(error, 'status'), memberOf(memberOf(error, 'response'), 'status')]
  return { status: statuses.find((value): value is number => typeof value === 'number'), reason }
}
