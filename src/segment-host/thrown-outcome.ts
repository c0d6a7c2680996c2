import { messageOf } from './message-of'
import type { Outcome } from './outcome'

/** Codes of Node for connections that failed: nothing is wrong with the events. */
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

interface Thrown {
  status: number | undefined
  reason: string
}

/** True when one event may have brought the whole batch down, so that its neighbours deserve another try without it. */
export function mayBeOneEvent(error: unknown): boolean {
  const { status } = describe(error)
  return status === undefined || CONTENT_STATUSES.has(status)
}

/** The outcome of every event of a batch that threw. */
export function thrownOutcome(error: unknown): Outcome {
  const { status, reason } = describe(error)
  // Without a status it is the framework that broke on this very event, and would again.
  return { kind: 'rejected', status: status ?? 400, reason }
}

function describe(error: unknown): Thrown {
  const { name, status, code, response } = membersOf(error)
  const message = `${typeof name === 'string' ? name : 'Thrown'}: ${messageOf(error)}`
  const reason = name === 'RangeError' ? `The event cannot be processed, is it nested too deeply? ${message}` : message
  if (CONNECTION_CODES.has(String(code))) return { status: 503, reason }
  const known = [status, membersOf(response).status].find((value) => typeof value === 'number')
  return { status: typeof known === 'number' ? known : undefined, reason }
}

function membersOf(value: unknown): Record<'name' | 'status' | 'code' | 'response', unknown> {
  const target = typeof value === 'object' && value !== null ? value : {}
  return {
    name: Reflect.get(target, 'name'),
    status: Reflect.get(target, 'status'),
    code: Reflect.get(target, 'code'),
    response: Reflect.get(target, 'response')
  }
}
