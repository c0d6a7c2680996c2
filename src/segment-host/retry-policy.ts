import { setTimeout } from 'timers/promises'
import { RETRIED_STATUSES } from '../destinations/kameleoon'
import type { Outcome } from './outcome'

/** No pause is longer, even if a destination asks for more: someone is waiting at a terminal. */
export const LONGEST_PAUSE_MS = 5 * 60 * 1000

export interface RetryPolicy {
  /** How often an event is sent again after the first time. */
  retries: number
  /** The pause before the first retry in milliseconds; it doubles with each further retry. */
  firstDelayMs: number
  /** Resolves after this time, or as soon as the signal is aborted. */
  wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** A number from 0 up to 1, as Math.random gives. */
  random: () => number
}

export const defaultRetryPolicy: RetryPolicy = {
  retries: 5,
  firstDelayMs: 1000,
  wait: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }).catch(() => undefined),
  random: Math.random
}

/** True when sending the event again may end differently. */
export function isRetryable(outcome: Outcome): boolean {
  return outcome.kind === 'rejected' && RETRIED_STATUSES.some(({ status }) => status === outcome.status)
}

/**
 * Milliseconds to pause before retry number `attempt` (from 0). The pause doubles with each retry and is random within the
 * upper half of its length, so that several hosts do not retry at the same moment. It is never shorter than an outcome's
 * `retryAfterMs`, unless that exceeds the longest pause.
 */
export function pauseBefore(attempt: number, outcomes: Outcome[], policy: RetryPolicy): number {
  const backoff = policy.firstDelayMs * 2 ** attempt * (0.5 + policy.random() / 2)
  return Math.min(Math.max(backoff, longestAsked(outcomes)), LONGEST_PAUSE_MS)
}

function longestAsked(outcomes: Outcome[]): number {
  return outcomes.reduce((longest, outcome) => {
    return outcome.kind === 'rejected' ? Math.max(longest, outcome.retryAfterMs ?? 0) : longest
  }, 0)
}
