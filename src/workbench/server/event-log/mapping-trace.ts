import {
  idIn,
  isRetryable,
  memberOf,
  recordOf,
  textOf,
  type Outcome,
  type RecordedExchange
} from '../../../segment-host'
import type { PartResult } from '../../../emulator'
import type { EventStatus, Subscription } from '../../contract'
import type { SentPart } from './sent-part'
import { strongest, type PartKind } from './part-kinds'

/** What was sent to Kameleoon for one event: nonces of visit events and keys of maps. */
export interface SentParts {
  /** Name of the event, which its goal is named after. */
  name: string | null
  /** Of its visit events or, where there are none, of its stored data, which is named by it first; else null. */
  visitorCode: string | null
  nonces: readonly string[]
  keys: readonly string[]
}

/** A request of a batch; `result` is what the emulator did with it, null for a request to the real Kameleoon. */
export interface TracedRequest {
  exchange: RecordedExchange
  result: { readonly parts: PartResult[] | null; whenLate(callback: () => void): void } | null
}

/** One batch of a mapping: the requests that were sent for it, and which parts of them belong to which event. */
export interface BatchTrace {
  requests: TracedRequest[]
  /** By the event's position in the batch. */
  parts: SentParts[]
}

/** @param events by their position in the batch: the name, and what the destination reports as sent */
export function batchTrace(requests: TracedRequest[], events: { name: string | null; sent: unknown }[]): BatchTrace {
  return { requests, parts: events.map(({ name, sent }) => ({ name, ...sentPartsOf(sent) })) }
}

/** Reads the `sent` part of the destination's outcome for one event. */
function sentPartsOf(sent: unknown): Omit<SentParts, 'name'> {
  const visitEvents = memberOf(sent, 'visitEvents')
  const events: unknown[] = Array.isArray(visitEvents) ? visitEvents : []
  const keys = Object.keys(recordOf(memberOf(sent, 'maps')))
  const [key = ''] = keys
  return {
    visitorCode: visitorIn(events[0]) ?? idIn(key, 'identify') ?? idIn(key, 'cohorts') ?? null,
    nonces: events.map((event) => String(memberOf(event, 'nonce'))),
    keys
  }
}

/** The visitor code of a visit event, or the cross-device id that stands in its place. */
function visitorIn(event: unknown): string | null {
  return textOf(memberOf(event, 'visitorCode')) ?? textOf(memberOf(event, 'mappingValue'))
}

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
