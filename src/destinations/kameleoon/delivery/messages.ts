import { IntegrationError } from '@segment/actions-core'
import { eventTime, filterIfOld } from '../plan/plan'
import type { Filtered, Plan } from '../plan/plan'
import { ownText } from '../values'
import { visitorOf, visitorWithoutLink } from '../visitor'
import type { LinkedVisitor, Visitor, VisitorFields, VisitorReference } from '../visitor'
import { failureOf, payloadFailure } from './failure'
import type { Failure } from './failure'
import type { Links, WantedLink } from './look-ups'
import { Message } from './outcome'
import type { Outcome } from './outcome'

/** The fields that delivery itself reads, whatever the action. */
export interface CommonPayload extends VisitorFields {
  timestamp: string | number
  messageId?: string
  maxEventAgeHours?: number
}

/** The pure part of an action: what Kameleoon should receive for one event. */
export type PlanEvent<Payload> = (payload: Payload, visitor: Visitor) => Plan | Filtered

/** A payload, and whose event it is, or the outcome of one that is too old or has no visitor. */
interface ReferencedEvent<Payload> {
  payload: Payload
  reference: VisitorReference | Outcome
}

/** An event whose visitor is looked up. */
interface LinkedEvent<Payload> extends ReferencedEvent<Payload> {
  reference: LinkedVisitor
}

export function referencedEvent<Payload extends CommonPayload>(payload: Payload): ReferencedEvent<Payload> {
  try {
    return { payload, reference: filterIfOld(payload) ?? visitorOf(payload) }
  } catch (error) {
    return { payload, reference: rejected(error) }
  }
}

function isLinked<Payload>(event: ReferencedEvent<Payload>): event is LinkedEvent<Payload> {
  return event.reference.kind === 'linked'
}

/** The links that the events of a batch need. */
export function wantedLinks(events: ReadonlyArray<ReferencedEvent<CommonPayload>>): WantedLink[] {
  return events.filter(isLinked).map(({ payload, reference }) => ({ visitor: reference, time: timeOf(payload) }))
}

/** When an event happened, in milliseconds since 1970. A time that cannot be read counts as now. */
function timeOf({ timestamp }: CommonPayload): number {
  try {
    return eventTime(timestamp)
  } catch {
    return Date.now()
  }
}

/**
 * The messages of a batch, and the outcomes of events that are not sent, in the order of the events.
 *
 * A link that an event makes counts for every event after it, by time or by place in the batch. So events are planned in
 * the order of their times, and those that find no link then once more at the end.
 */
export function messagesOf<Payload extends CommonPayload>(
  events: Array<ReferencedEvent<Payload>>,
  links: Links,
  planEvent: PlanEvent<Payload>
): Array<Message | Outcome> {
  const entries: Array<Message | Outcome> = []
  const unlinked: Array<[number, LinkedEvent<Payload>]> = []
  for (const position of orderOf(events)) {
    const event = events[position]
    const { payload, reference } = event
    const visitor = reference.kind === 'linked' ? links.find(reference) : reference
    if (visitor) {
      const entry = (entries[position] = entryOf(payload, visitor, planEvent))
      if (entry instanceof Message) links.make(entry.plan.mapWrites, position)
    } else if (isLinked(event)) unlinked.push([position, event])
  }
  for (const [position, { payload, reference }] of unlinked) {
    entries[position] = entryOf(payload, links.findEarlier(reference, position) ?? reference, planEvent)
  }
  return entries
}

/** Positions of events in the order of their times; events of the same time stay in the order of the batch. */
function orderOf(events: Array<ReferencedEvent<CommonPayload>>): Iterable<number> {
  if (!events.some(isLinked)) return events.keys()
  const times = events.map(({ payload }) => timeOf(payload))
  return [...events.keys()].sort((one, other) => times[one] - times[other])
}

/** @param reference a visitor that is still to look up has no link */
function entryOf<Payload extends CommonPayload>(
  payload: Payload,
  reference: VisitorReference | Outcome,
  planEvent: PlanEvent<Payload>
): Message | Outcome {
  if (reference.kind !== 'visitor' && reference.kind !== 'linked') return reference
  try {
    const visitor = reference.kind === 'linked' ? visitorWithoutLink(reference) : reference
    const plan = planEvent(payload, visitor)
    return plan.kind === 'filtered' ? plan : messageOf(payload, visitor, plan)
  } catch (error) {
    return rejected(error)
  }
}

function messageOf(payload: CommonPayload, visitor: Visitor, plan: Plan): Message {
  return new Message(
    String(payload.messageId ?? JSON.stringify(payload)),
    visitor,
    ownText(payload.context, 'userAgent'),
    // Only the order of stored data needs the time.
    plan.mapWrites.length > 0 ? eventTime(payload.timestamp) : 0,
    plan
  )
}

/** What is wrong with one event never affects another. */
function rejected(error: unknown): Outcome {
  return { kind: 'rejected', failure: error instanceof IntegrationError ? failureOf(error) : unexpected(error) }
}

/** For a value that no check expects, such as an object that contains itself. */
function unexpected(error: unknown): Failure {
  return payloadFailure(
    `The event cannot be sent: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown error'}`
  )
}
