import { isRetryable, type Outcome } from '../../../segment-host'
import type { EventStatus, Subscription } from '../../contract'
import type { BatchTrace } from './batch-trace'
import { strongest, type PartKind } from './part-kinds'
import type { SentPart } from './sent-part'

/** One time the event was sent. */
export interface TracedAttempt {
  /** In milliseconds since 1970. */
  at: number
  outcome: Outcome
  /** When it is sent again, in milliseconds since 1970; null when this was the last attempt. */
  nextAttemptAt: number | null
  batch: BatchTrace
  /** Its position in that batch, from 0. */
  position: number
}

/** A part of an event, and what Kameleoon did with it. */
export type TracedPart = SentPart & { kind: PartKind }

/** One event in one mapping, with its attempts. */
export class MappingTrace {
  readonly attempts: TracedAttempt[] = []
  /** What was sent for the event, with what Kameleoon did with it over all attempts. A retry has the same keys. */
  private known: readonly TracedPart[] = []

  constructor(
    /** The mapping as it was when the event arrived; a saved change is a new object. */
    readonly subscription: Subscription,
    readonly matched: boolean
  ) {}

  get status(): EventStatus {
    if (!this.matched) return 'filtered'
    const last = this.attempts[this.attempts.length - 1]
    if (!last) return 'waiting'
    return last.nextAttemptAt === null ? last.outcome.kind : 'retrying'
  }

  /** The visitor code that was sent last; null if none was. */
  get visitorCode(): string | null {
    const last = this.attempts[this.attempts.length - 1]
    return last ? last.batch.parts[last.position].visitorCode : null
  }

  /** Where it was sent last; null when no request was made for it. */
  get wentTo(): 'emulator' | 'real' | null {
    const requests = this.attempts.flatMap(({ batch }) => batch.requests)
    const last = requests[requests.length - 1]
    return last ? (last.result ? 'emulator' : 'real') : null
  }

  /** Whether Kameleoon kept a part of it, as far as it says so; or only recognised parts that it had received before. */
  get kept(): 'some' | 'duplicates' | 'nothing' {
    const kinds = this.known.map(({ kind }) => kind)
    if (kinds.includes('kept') || kinds.includes('sent')) return 'some'
    return kinds.includes('duplicate') ? 'duplicates' : 'nothing'
  }

  get parts(): readonly TracedPart[] {
    return this.known
  }

  get discarded(): number {
    return this.known.filter(({ kind }) => kind === 'discarded').length
  }

  /** Notes what an attempt sent. */
  noteSent(parts: readonly SentPart[]): void {
    const kinds = new Map(this.known.map(({ key, kind }) => [key, kind]))
    const sent = new Set(parts.map(({ key }) => key))
    const before = this.known.filter(({ key }) => !sent.has(key))
    this.known = [...before, ...parts.map((part) => ({ ...part, kind: kinds.get(part.key) ?? 'not-taken' }))]
  }

  /** Notes what Kameleoon did with the parts of an attempt, by their keys, as far as it is known. */
  noteKinds(kinds: ReadonlyMap<string, PartKind>): void {
    this.known = this.known.map((part) => ({ ...part, kind: strongest(part.kind, kinds.get(part.key) ?? 'not-taken') }))
  }

  get reason(): string | null {
    const last = this.attempts[this.attempts.length - 1]
    return last ? reasonOf(last.outcome) : null
  }
}

/** Why an event was not delivered, or what is to know of one that was. */
export function reasonOf(outcome: Outcome): string | null {
  return outcome.kind === 'delivered' ? (outcome.notes?.join(' ') ?? null) : outcome.reason
}

/** The outcome as the page shows it. */
export function outcomeName(outcome: Outcome): 'delivered' | 'filtered' | 'rejected' | 'retryable' {
  return isRetryable(outcome) ? 'retryable' : outcome.kind
}
