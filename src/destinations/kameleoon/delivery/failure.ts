import {
  ErrorCodes,
  IntegrationError,
  InvalidAuthenticationError,
  PayloadValidationError,
  RetryableError
} from '@segment/actions-core'
import {
  AbortedError,
  BudgetError,
  CredentialsError,
  LockError,
  RedirectError,
  ResponseError,
  TokenError,
  UnknownSiteError,
  UnreachableError,
  UnreadableReplyError
} from '../kameleoon-api/errors'

/**
 * The statuses after which a request is tried again, and the status that Segment gets for each. Hosts read this list too.
 * Redirects and other server errors are also tried again: they are passed on as a status of this list, see below.
 *
 * Segment's framework and its delivery service disagree on some statuses: 423 and some of 5xx are retried by one and
 * dropped by the other, and both drop 421 and 425. Those are passed on as the nearest status that both retry.
 * https://segment.com/docs/connections/destinations/#retries
 */
export const RETRIED_STATUSES: readonly RetriedStatus[] = [
  { status: 408, passedOnAs: 408 },
  { status: 421, passedOnAs: 503 },
  { status: 423, passedOnAs: 429 },
  { status: 425, passedOnAs: 503 },
  { status: 429, passedOnAs: 429 },
  { status: 500, passedOnAs: 500 },
  { status: 502, passedOnAs: 502 },
  { status: 503, passedOnAs: 503 },
  { status: 504, passedOnAs: 504 }
]

export interface RetriedStatus {
  /** What Kameleoon answered. */
  status: number
  passedOnAs: keyof typeof RETRIED_CODES
}

/** What is passed on for redirects, for server errors (500 and above) that the list does not have, and see `isOfAutomationApi`. */
const REDIRECT = 502
const OTHER_ERROR = 503

const RETRIED_CODES = {
  408: 'REQUEST_TIMEOUT',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
  504: 'GATEWAY_TIMEOUT'
} as const

/** Why an event was not delivered, in the terms of Segment's framework. */
export type Failure = RetryableFailure | FinalFailure

interface RetryableFailure {
  isRetryable: true
  status: keyof typeof RETRIED_CODES
  code: keyof typeof ErrorCodes
  message: string
  /** When Kameleoon, or its documented limit, allows another try. */
  retryAfterSeconds?: number
}

interface FinalFailure {
  isRetryable: false
  status: number
  code: keyof typeof ErrorCodes
  message: string
}

/** A retryable error that says how long the host should wait. */
class RetryLaterError extends RetryableError {
  readonly retryAfterSeconds?: number

  constructor({ message, status, retryAfterSeconds }: RetryableFailure) {
    super(message, status)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** What went wrong in a call to Kameleoon, as a failure of the event. Unknown errors are thrown again. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ResponseError) return responseFailure(error)
  if (error instanceof TokenError) return retryableAnswer(error)
  if (error instanceof RedirectError) return retryable(REDIRECT, error.message)
  if (error instanceof UnreachableError) return retryable(error.cause === 'time-out' ? 504 : 503, error.message)
  if (error instanceof AbortedError) return retryable(504, error.message)
  if (error instanceof LockError) return retryable(503, error.message)
  if (error instanceof UnreadableReplyError) return retryable(502, error.message)
  if (error instanceof BudgetError) return retryable(429, error.message, error.retryAfterSeconds)
  if (error instanceof CredentialsError) return final(401, 'INVALID_AUTHENTICATION', error.message)
  if (error instanceof UnknownSiteError) return final(404, 'NOT_FOUND', error.message)
  if (error instanceof IntegrationError) return final(error.status ?? 400, codeOf(error), error.message)
  throw error
}

/** Kameleoon rejects so much of a batch that it was not found out which events it rejects: tried again. */
export function searchEnded({ message }: ResponseError): Failure {
  return retryable(
    503,
    `Kameleoon rejects most of the batch, so this event was not sent alone. Last answer: ${message}`
  )
}

/** A failure of the payload itself: not tried again. */
export function payloadFailure(message: string): Failure {
  return final(400, 'PAYLOAD_VALIDATION_FAILED', message)
}

/** A failure as the error that Segment's framework expects. */
export function errorOf(failure: Failure): Error {
  if (failure.isRetryable) return new RetryLaterError(failure)
  const { status, code, message } = failure
  if (status === 401) return new InvalidAuthenticationError(message)
  if (code === 'PAYLOAD_VALIDATION_FAILED') return new PayloadValidationError(message)
  return new IntegrationError(message, code, status)
}

function responseFailure(error: ResponseError): Failure {
  const { status, message, operation, retryAfterSeconds } = error
  if (isRetried(status)) return retryableAnswer(error)
  if (isOfAutomationApi(operation))
    return retryable(OTHER_ERROR, status === 403 ? withoutRight(message) : message, retryAfterSeconds)
  if (isOfConfiguration(operation)) return retryable(OTHER_ERROR, message, retryAfterSeconds)
  if (status === 403) return final(403, 'FORBIDDEN', asBot(message))
  if (status === 400 || status === 413) return payloadFailure(message)
  return final(status, 'UNKNOWN_ERROR', message)
}

/** What is below 400 is no answer that Kameleoon gives, so it was not Kameleoon that answered. */
function isRetried(status: number): boolean {
  return status < 400 || status >= 500 || RETRIED_STATUSES.some((one) => one.status === status)
}

/**
 * Whether an answer cannot be the fault of an event: the Automation API receives no events. When a list of goals cannot be read,
 * or a goal not created, for whatever status, the events that need it are tried again.
 */
function isOfAutomationApi(operation: string): boolean {
  return / \/(sites|goals|custom-datas)\b/.test(operation)
}

/** Nor does the public configuration of a project, see `CONFIGURATION_HOST`. */
function isOfConfiguration(operation: string): boolean {
  return / \/v3\//.test(operation)
}

function withoutRight(message: string): string {
  const wayOut = 'give it the right in Kameleoon, or choose the goal in the mapping.'
  return `${ended(message)} The API key has no access to this; ${wayOut}`
}

function asBot(message: string): string {
  return `${ended(message)} Kameleoon rejects user agents of bots, and accounts without access to its Data API.`
}

function ended(message: string): string {
  return `${message.replace(/[.\s]+$/, '')}.`
}

function retryableAnswer({ status, message, retryAfterSeconds }: ResponseError | TokenError): Failure {
  const listed = RETRIED_STATUSES.find((one) => one.status === status)
  return retryable(listed?.passedOnAs ?? OTHER_ERROR, message, retryAfterSeconds)
}

function retryable(status: RetryableFailure['status'], message: string, retryAfterSeconds?: number): Failure {
  const failure: RetryableFailure = { status, code: RETRIED_CODES[status], message, isRetryable: true }
  return retryAfterSeconds === undefined ? failure : { ...failure, retryAfterSeconds }
}

function final(status: number, code: keyof typeof ErrorCodes, message: string): Failure {
  return { status, code, message, isRetryable: false }
}

function codeOf({ code }: IntegrationError): keyof typeof ErrorCodes {
  return Object.values(ErrorCodes).find((known) => known === code) ?? 'UNKNOWN_ERROR'
}
