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

/** One event in one mapping, with its attempts. */
export class MappingTrace {
  readonly attempts: TracedAttempt[] = []
  /** Nonces and keys that Kameleoon accepted and discarded. A retry has the same ones, so they count once. */
  private readonly discardedKeys = new Set<string>()
  private readonly keptKeys = new Set<string>()
  private readonly duplicateKeys = new Set<string>()

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

  get discarded(): number {
    return this.discardedKeys.size
  }

  /** The nonces and keys of everything that was sent for it. */
  get sentKeys(): string[] {
    return this.attempts.flatMap(({ batch, position }) => {
      const { nonces, keys } = batch.parts[position]
      return [...nonces, ...keys]
    })
  }

  /** Whether Kameleoon kept a part of it, or only recognised parts that it had received before. */
  get kept(): 'some' | 'duplicates' | 'nothing' {
    if (this.keptKeys.size > 0) return 'some'
    return this.duplicateKeys.size > 0 ? 'duplicates' : 'nothing'
  }

  /** Notes what Kameleoon did with the parts of this event that a batch sent, as far as the results are known. */
  noteDiscarded({ requests, parts }: BatchTrace, position: number): void {
    const { nonces, keys } = parts[position]
    const own = new Set([...nonces, ...keys])
    for (const { result } of requests) {
      for (const { kind, key } of result?.parts ?? []) {
        if (!own.has(key)) continue
        if (kind === 'discarded') this.discardedKeys.add(key)
        if (kind === 'kept') this.keptKeys.add(key)
        if (kind === 'duplicate') this.duplicateKeys.add(key)
      }
    }
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
