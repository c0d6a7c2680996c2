import {
  IntegrationError,
  InvalidAuthenticationError,
  PayloadValidationError,
  RetryableError
} from '@segment/actions-core'
import type { Failure } from './failure'

/** A retryable failure that tells the host how long to wait. */
export class RetryLaterError extends RetryableError {
  constructor(
    message: string,
    status: RetryableError['status'],
    readonly retryAfterSeconds?: number
  ) {
    super(message, status)
  }
}

/** A failure in the form that the framework expects to be thrown. */
export function errorOf({ message, status, code, isRetryable, retryAfterSeconds }: Failure): Error {
  if (isRetryable) return new RetryLaterError(message, status as RetryableError['status'], retryAfterSeconds)
  if (status === 401) return new InvalidAuthenticationError(message)
  if (code === 'PAYLOAD_VALIDATION_FAILED') return new PayloadValidationError(message)
  return new IntegrationError(message, code, status)
}
