import type { EventStatus, Subscription } from '../../contract'
import { isRetryable, type Outcome } from '../../../segment-host'
import type { BatchTrace } from './batch-trace'

/** One time the event was handed to the destination. */
export interface TracedAttempt {
  at: number
  outcome: Outcome
  /** When it is sent again, in milliseconds; null when this was the last time. */
  nextAttemptAt: number | null
  batch: BatchTrace
  /** Its place in that batch, from 0. */
  position: number
}

/** The way of one event through one mapping. */
export class MappingTrace {
  readonly attempts: TracedAttempt[] = []
  /** Nonces and keys that Kameleoon accepted and would not keep; those sent again are the same. */
  private readonly lost = new Set<string>()

  constructor(
    /** The mapping as it was when the event arrived; a saved change is a new object. */
    readonly subscription: Subscription,
    readonly matched: boolean
  ) {}

  get status(): EventStatus {
    if (!this.matched) return 'filtered'
    const last = this.attempts[this.attempts.length - 1]
    if (!last) return 'waiting'
    if (last.nextAttemptAt !== null) return 'retrying'
    if (last.outcome.kind === 'filtered') return 'filtered'
    return last.outcome.kind === 'delivered' ? 'delivered' : 'rejected'
  }

  get discarded(): number {
    return this.lost.size
  }

  /** Notes what of this event is among what a batch lost. */
  noteLost({ batch, position }: Pick<TracedAttempt, 'batch' | 'position'>, lost: ReadonlySet<string>): void {
    const { nonces, keys } = batch.parts[position]
    for (const key of [...nonces, ...keys]) if (lost.has(key)) this.lost.add(key)
  }

  get reason(): string | null {
    const last = this.attempts[this.attempts.length - 1]
    return last ? reasonOf(last.outcome) : null
  }
}

export function reasonOf(outcome: Outcome): string | null {
  return outcome.kind === 'delivered' ? null : outcome.reason
}

/** The outcome in the words of the contract. */
export function outcomeName(outcome: Outcome): 'delivered' | 'filtered' | 'rejected' | 'retryable' {
  if (outcome.kind === 'filtered') return 'filtered'
  return isRetryable(outcome) ? 'retryable' : outcome.kind
}
