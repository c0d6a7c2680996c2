import {
  IntegrationError,
  InvalidAuthenticationError,
  PayloadValidationError,
  RetryableError
} from '@segment/actions-core'
import type { Failure } from './failure'

type RetryableStatus = RetryableError['status']

/** A retryable failure that tells the host how long to wait. */
export class RetryLaterError extends RetryableError {
  readonly retryAfterSeconds?: number

  constructor(message: string, status: RetryableStatus, retryAfterSeconds?: number) {
    super(message, status)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** A failure in the form that the framework expects to be thrown. */
export function errorOf({ message, status, code, isRetryable, retryAfterSeconds }: Failure): Error {
  if (isRetryable) return new RetryLaterError(message, status as RetryableStatus, retryAfterSeconds)
  if (status === 401) return new InvalidAuthenticationError(message)
  if (code === 'PAYLOAD_VALIDATION_FAILED') return new PayloadValidationError(message)
  return new IntegrationError(message, code, status)
}
