import { ErrorCodes, IntegrationError } from '@segment/actions-core'
import {
  BudgetError,
  CredentialsError,
  ResponseError,
  UnknownSiteError,
  UnreachableError,
  UnreadableReplyError
} from '../kameleoon-api/errors'

/** Why an event was not delivered, in the terms of Segment's framework. */
export interface Failure {
  /** The status by which Segment decides whether it tries again. */
  status: number
  code: keyof typeof ErrorCodes
  message: string
  isRetryable: boolean
  /** When Kameleoon, or its documented limit, allows another try. */
  retryAfterSeconds?: number
}

/**
 * The one place that decides what is tried again.
 *
 * Segment's framework and its delivery service disagree about some statuses: 423 and a few of 5xx are retried by one and
 * dropped by the other. Such an answer is passed on as the nearest status that both retry.
 */
const RETRIED_BY_SEGMENT = [408, 429, 500, 502, 503, 504]
const NEAREST_RETRIED: Record<number, number> = { 423: 429 }

/** What went wrong while Kameleoon was asked or told something, as a failure of the event. Unknown errors are rethrown. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ResponseError) return responseFailure(error)
  if (error instanceof UnreachableError) return retryable(error.cause === 'time-out' ? 504 : 503, error.message)
  if (error instanceof UnreadableReplyError) return retryable(502, error.message)
  if (error instanceof BudgetError)
    return { ...retryable(429, error.message), retryAfterSeconds: error.retryAfterSeconds }
  if (error instanceof CredentialsError) return final(401, 'INVALID_AUTHENTICATION', error.message)
  if (error instanceof UnknownSiteError) return final(404, 'NOT_FOUND', error.message)
  if (error instanceof IntegrationError) return integrationFailure(error)
  throw error
}

/** A failure of the payload itself: not tried again. */
export function payloadFailure(message: string): Failure {
  return final(400, 'PAYLOAD_VALIDATION_FAILED', message)
}

function responseFailure({ status, message, retryAfterSeconds, operation }: ResponseError): Failure {
  if (status >= 500 || [408, 423, 429].includes(status)) {
    const nearest = NEAREST_RETRIED[status] ?? 503
    const known = RETRIED_BY_SEGMENT.includes(status) ? status : nearest
    return { ...retryable(known, message), ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }
  }
  if (status === 403) return final(403, 'FORBIDDEN', forbidden(operation, message))
  if (status === 400 || status === 413) return payloadFailure(message)
  if (status < 400) return retryable(502, message)
  return final(status, 'UNKNOWN_ERROR', message)
}

function forbidden(operation: string, message: string): string {
  const reason = / \/(visit|map)\//.test(operation)
    ? 'Kameleoon rejects user agents of bots, and accounts without access to its Data API.'
    : 'The API key has no access to this; give it the right in Kameleoon, or choose the goal in the mapping.'
  return `${message.replace(/[.\s]+$/, '')}. ${reason}`
}

function retryable(status: number, message: string): Failure {
  const code = CODES[status] ?? 'SERVICE_UNAVAILABLE'
  return { status, code, message, isRetryable: true }
}

const CODES: Record<number, keyof typeof ErrorCodes> = {
  408: 'REQUEST_TIMEOUT',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
  504: 'GATEWAY_TIMEOUT'
}

function final(status: number, code: keyof typeof ErrorCodes, message: string): Failure {
  return { status, code, message, isRetryable: false }
}

function integrationFailure({ status, code, message }: IntegrationError): Failure {
  return final(
    status ?? 400,
    code !== undefined && code in ErrorCodes ? (code as keyof typeof ErrorCodes) : 'UNKNOWN_ERROR',
    message
  )
}
