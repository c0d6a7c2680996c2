import type { HttpReply } from '../api/http'
import type { VisitEvent } from '../api/visit-events'
import type { Telling } from '../telling/telling'
import type { Visitor } from '../visitor/visitor'
import type { Failure } from './failure'
import type { Outcome, Sent } from './outcome'

/** One Segment event on its way to Kameleoon. */
export interface Message {
  /** What makes the nonces: the messageId, or without one the whole payload. */
  identity: string
  visitor: Visitor
  userAgent?: string
  /** When it happened, in milliseconds since 1970; 0 where nothing of it is stored. */
  time: number
  telling: Telling
  /** The planned visit events, once their goals are known. */
  visitEvents: VisitEvent[]
  /** Goals that the mapping may not create, and that do not exist. */
  missingGoals: string[]
  sentMaps: Record<string, object>
  /** Each answer of Kameleoon that this event had a part in, once. */
  replies: HttpReply[]
  failures: Failure[]
}

export function replied({ replies }: Message, reply: HttpReply): void {
  if (!replies.includes(reply)) replies.push(reply)
}

/** An event's one outcome: delivered if all of it was; else tried again if any part of it may be. */
export function outcomeOf(message: Message): Outcome {
  const failure = message.failures.find(({ isRetryable }) => isRetryable) ?? message.failures[0]
  if (failure) return { kind: 'refused', failure, ...(isTold(message) ? { sent: sentOf(message) } : {}) }
  if (message.replies.length === 0) return { kind: 'skipped', reason: reasonForNothing(message) }
  return {
    kind: 'delivered',
    sent: sentOf(message),
    answers: message.replies.map(({ operation, status }) => ({ operation, status }))
  }
}

/** Whether anything of the event reached Kameleoon or tried to. */
function isTold({ visitEvents, sentMaps }: Message): boolean {
  return visitEvents.length + Object.keys(sentMaps).length > 0
}

function sentOf({ visitEvents, sentMaps }: Message): Sent {
  return {
    ...(visitEvents.length > 0 ? { visitEvents } : {}),
    ...(Object.keys(sentMaps).length > 0 ? { maps: sentMaps } : {})
  }
}

function reasonForNothing({ missingGoals }: Message): string {
  if (missingGoals.length === 0) return 'The mapping asks for nothing that this event has.'
  return `No goal is named "${missingGoals[0]}", and the mapping does not create goals.`
}
