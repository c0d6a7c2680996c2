import type { JSONLikeObject } from '@segment/actions-core'
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
export type Outcome =
  { kind: 'delivered'; sent: Sent; answers: readonly Answer[] } | { kind: 'filtered'; reason: string } | Rejected

export interface Rejected {
  kind: 'rejected'
  failure: Failure
  /** What was sent of it before it failed. */
  sent?: Sent
}

/** A node of a batch's answer: the status, what was sent and what Kameleoon answered. */
export function successNode(outcome: Extract<Outcome, { kind: 'delivered' | 'filtered' }>) {
  if (outcome.kind === 'filtered') return { status: 200, sent: {}, body: { filtered: outcome.reason } }
  return { status: 200, sent: json(outcome.sent), body: json({ answers: outcome.answers }) }
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
