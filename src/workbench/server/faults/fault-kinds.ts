import type { FaultRule } from '../../../emulator'
import type { FaultSwitch } from '../../contract'

/** A disturbance that people can switch on, and what it is to the emulator. */
export interface FaultKind {
  label: string
  description: string
  rule: FaultRule
}

/** Calls that carry events and stored data; lists of goals, tokens and the emulator's own surface go on as before. */
const path = /^\/(visit|map)\//

/** Short enough to be waited for, long enough to be seen. */
const RETRY_AFTER_SECONDS = 2
const SLOW_MS = 3_000
const TOKEN_AGE_MS = 2_000
const FEW_CALLS = { calls: 3, milliseconds: 5_000 }

export const FAULT_KINDS: Record<FaultSwitch['id'], FaultKind> = {
  'rate-limited': {
    label: 'Too many requests (429)',
    description: `Every call of the Data API is answered 429 with Retry-After: ${RETRY_AFTER_SECONDS}; nothing of it is stored.`,
    rule: { path, status: 429, retryAfter: RETRY_AFTER_SECONDS, body: { message: 'Too many requests.' } }
  },
  'server-error': {
    label: 'Server error (500)',
    description: 'Every call of the Data API is answered 500; nothing of it is stored.',
    rule: { path, status: 500, body: { message: 'Internal server error.' } }
  },
  slow: {
    label: 'Slow answers',
    description: `Every call of the Data API is answered ${SLOW_MS / 1000} seconds late.`,
    rule: { path, delayMs: SLOW_MS }
  },
  reset: {
    label: 'Connection reset',
    description:
      'Kameleoon stores what it is sent, then the connection breaks before the answer. What is sent again is recognised by its nonce and dropped.',
    rule: { path, reset: 'after' }
  },
  'expired-token': {
    label: 'Expired token (401)',
    description: `Access tokens older than ${TOKEN_AGE_MS / 1000} seconds are answered 401; a new token works.`,
    rule: {
      path,
      status: 401,
      tokenAgeMs: TOKEN_AGE_MS,
      body: { message: 'The access token is invalid or has expired.' }
    }
  },
  'rate-limits': {
    label: 'Low rate limit',
    description: `Only ${FEW_CALLS.calls} calls of the Data API pass in any ${FEW_CALLS.milliseconds / 1000} seconds; the others are answered 429 with Retry-After.`,
    rule: {
      path,
      beyond: FEW_CALLS,
      status: 429,
      retryAfter: FEW_CALLS.milliseconds / 1000,
      body: { message: 'Too many requests.' }
    }
  }
}
