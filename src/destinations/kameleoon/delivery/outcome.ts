import type { JSONLikeObject } from '@segment/actions-core'
import type { VisitEvent } from '../kameleoon-api/wire'
import { NOTHING } from '../plan/plan'
import type { Filtered, Plan } from '../plan/plan'
import type { Visitor } from '../visitor'
import type { Failure } from './failure'

/** One answer of Kameleoon to a request that had a part of the event. */
export interface Answer {
  operation: string
  status: number
}

/** What was sent for one event. */
export interface Sent {
  visitEvents?: readonly object[]
  maps?: Record<string, object>
}

/** The answer to one request, as a list that all its events share. */
export function answersIn({ operation, status }: Answer): readonly [Answer] {
  return Object.freeze<[Answer]>([Object.freeze({ operation, status })])
}

/** Every event ends in exactly one of these. */
export type Outcome = Delivered | Filtered | Rejected

export interface Delivered {
  kind: 'delivered'
  sent: Sent
  answers: readonly Answer[]
  /** What the user should know although the event was delivered; usually empty. */
  notes: readonly string[]
}

export interface Rejected {
  kind: 'rejected'
  failure: Failure
  /** What was sent of it before it failed. */
  sent?: Sent
}

/** One Segment event that is being delivered, and what became of its parts so far. */
export class Message {
  /** The planned visit events, once their goals are known. */
  visitEvents: readonly VisitEvent[] = NOTHING
  /** Why there is no goal to convert, in words for the user; set by `lacksGoal`. */
  private missingGoal: string | undefined = undefined
  /** The stored maps that were written for this event, by key. */
  sentMaps: Record<string, object> | undefined = undefined
  /** Kameleoon's answers to the requests that had a part of this event, each once. */
  answers: readonly Answer[] = NOTHING
  /** What the user should know of the event, whatever its outcome; see `note`. */
  private notes: readonly string[]
  /** Why the event is not delivered as a whole; set by `fail`. */
  failure: Failure | undefined = undefined

  /**
   * @param identity what the nonces are computed from: the messageId, or without one the whole payload
   * @param time when it happened, in milliseconds since 1970; 0 where nothing of it is stored
   */
  constructor(
    readonly identity: string,
    readonly visitor: Visitor,
    readonly userAgent: string | undefined,
    readonly time: number,
    readonly plan: Plan
  ) {
    this.notes = visitor.notes.length === 0 ? plan.notes : [...visitor.notes, ...plan.notes]
  }

  /** Of several failures a retryable one counts, so that the event is tried again. */
  fail(failure: Failure): void {
    if (!this.failure || (failure.isRetryable && !this.failure.isRetryable)) this.failure = failure
  }

  /** Adds a sentence for the user that does not change the outcome. */
  note(sentence: string): void {
    if (!this.notes.includes(sentence)) this.notes = [...this.notes, sentence]
  }

  /** The event converts no goal; what else there is of it is sent. @param reason in words for the user */
  lacksGoal(reason: string): void {
    this.missingGoal ??= reason
    this.note(reason)
  }

  /** @param shared the answer, as a list that all events of a request share: a list of its own for each would take memory */
  answered(shared: readonly [Answer]): void {
    if (this.answers.length === 0) this.answers = shared
    else if (!this.answers.includes(shared[0])) this.answers = [...this.answers, shared[0]]
  }

  stored(key: string, fields: object): void {
    this.sentMaps ??= {}
    this.sentMaps[key] = fields
  }

  /** The outcome of the event: delivered if all of it was, retryable if any part of it is. */
  outcome(): Outcome {
    if (this.failure) return { kind: 'rejected', failure: this.failure, ...(this.wasSent && { sent: this.sent }) }
    if (this.answers.length === 0) return { kind: 'filtered', reason: this.reasonForNothing }
    return { kind: 'delivered', sent: this.sent, answers: this.answers, notes: this.notes }
  }

  /** Whether anything of the event was sent, or should have been. */
  private get wasSent(): boolean {
    return this.visitEvents.length > 0 || this.sentMaps !== undefined
  }

  private get sent(): Sent {
    const { visitEvents, sentMaps: maps } = this
    if (!maps) return { visitEvents }
    return visitEvents.length > 0 ? { visitEvents, maps } : { maps }
  }

  private get reasonForNothing(): string {
    if (this.missingGoal !== undefined) return this.notes.join(' ')
    return ['The mapping produced nothing to send for this event.', ...this.notes].join(' ')
  }
}

/** A node of a batch's answer: the status, what was sent and what Kameleoon answered. */
export function successNode(outcome: Delivered | Filtered) {
  if (outcome.kind === 'filtered') return { status: 200, sent: {}, body: { filtered: outcome.reason } }
  const { sent, answers, notes } = outcome
  return { status: 200, sent: json(sent), body: json(notes.length > 0 ? { answers, notes } : { answers }) }
}

export function errorNode({ failure, sent }: Rejected) {
  const { status, code, message } = failure
  const retryAfterSeconds = failure.isRetryable ? failure.retryAfterSeconds : undefined
  return {
    status,
    errortype: code,
    errormessage: message,
    ...(sent ? { sent: json(sent) } : {}),
    ...(retryAfterSeconds === undefined ? {} : { body: { retryAfterSeconds } })
  }
}

/** These shapes are JSON; the framework's type for it has an index signature, which declared shapes lack. */
function json(value: object): JSONLikeObject {
  return value as JSONLikeObject
}
