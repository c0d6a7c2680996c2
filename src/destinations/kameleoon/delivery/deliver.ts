import { IntegrationError } from '@segment/actions-core'
import { kameleoonClient } from '../kameleoon-api/client'
import type { HttpRequest } from '../kameleoon-api/http'
import type { Settings } from '../generated-types'
import { ownText } from '../values'
import { connectionFrom } from '../settings'
import { eventTime, filterIfOld } from '../plan/event-time'
import type { Filtered, Plan } from '../plan/plan'
import { visitorOf } from '../visitor'
import type { Visitor, VisitorFields, VisitorReference } from '../visitor'
import { failureOf, payloadFailure } from './failure'
import type { Failure } from './failure'
import { resolveVisitEvents, WantedGoals } from './goals'
import type { Gates } from './halving'
import { deliverMaps, writesMaps } from './maps'
import { Message } from './message'
import type { Outcome } from './outcome'
import { deliverVisitEvents } from './visit-events'
import { isLinked, lookUpLinks, NO_LINKS } from './visitors'
import type { Links } from './visitors'

/** The fields that delivery itself reads, whatever the action. */
export interface CommonPayload extends VisitorFields {
  timestamp: string | number
  messageId?: string
  maxEventAgeHours?: number
}

/** The pure heart of an action: what Kameleoon should receive for one event. */
export type PlanEvent<Payload> = (payload: Payload, visitor: Visitor) => Plan | Filtered

/**
 * Delivers payloads to Kameleoon.
 * @returns one outcome per payload, in their order; nothing is thrown for what Kameleoon or the data may do
 */
export async function deliver<Payload extends CommonPayload>(
  request: HttpRequest,
  settings: Settings,
  payloads: Payload[],
  planEvent: PlanEvent<Payload>
): Promise<Outcome[]> {
  try {
    const client = kameleoonClient(request, connectionFrom(settings))
    const gates: Gates = { reading: {}, writing: {} }
    const references = payloads.map(admit)
    const linked = references.filter(isLinked)
    // Nearly all events need one request and nothing else, so nothing else is waited for without need.
    const links = linked.length > 0 ? await lookUpLinks(client, linked, gates.reading) : NO_LINKS
    const entries = payloads.map((payload, position) => messageOf(payload, references[position], links, planEvent))
    const messages = entries.filter(isMessage)
    const goals = new WantedGoals(client, messages)
    if (!goals.areAllKnown) await goals.findUnknown()
    for (const message of messages) resolveVisitEvents(message, goals)
    await deliverVisitEvents(client, messages, gates.writing)
    if (messages.some(writesMaps)) await deliverMaps(client, messages, gates)
    return entries.map((entry) => (isMessage(entry) ? entry.outcome() : entry))
  } catch (error) {
    const failure = failureOf(error)
    return payloads.map(() => ({ kind: 'rejected', failure }))
  }
}

function isMessage(entry: Message | Outcome): entry is Message {
  return entry instanceof Message
}

/** The visitor of an event that is taken in, or the outcome of one that is not. */
function admit(payload: CommonPayload): VisitorReference | Outcome {
  try {
    return filterIfOld(payload) ?? visitorOf(payload)
  } catch (error) {
    return rejected(error)
  }
}

function messageOf<Payload extends CommonPayload>(
  payload: Payload,
  reference: VisitorReference | Outcome,
  links: Links,
  planEvent: PlanEvent<Payload>
): Message | Outcome {
  if (reference.kind !== 'visitor' && reference.kind !== 'linked') return reference
  try {
    const visitor = links.visitorOf(reference)
    if (visitor.kind === 'rejected') return visitor
    const plan = planEvent(payload, visitor)
    return plan.kind === 'filtered' ? plan : asMessage(payload, visitor, plan)
  } catch (error) {
    return rejected(error)
  }
}

function asMessage(payload: CommonPayload, visitor: Visitor, plan: Plan): Message {
  return new Message(
    String(payload.messageId || wholePayload(payload)),
    visitor,
    ownText(payload.context, 'userAgent'),
    // The framework has checked the timestamp already; only the order of stored data needs it again.
    plan.mapWrites.length > 0 ? eventTime(payload.timestamp) : 0,
    plan
  )
}

/** Whatever is wrong with one event ends in an outcome of that event alone. */
function rejected(error: unknown): Outcome {
  return { kind: 'rejected', failure: error instanceof IntegrationError ? failureOf(error) : unforeseen(error) }
}

/** A value that no check foresaw, such as one that contains itself, is this event's own fault and no other's. */
function unforeseen(error: unknown): Failure {
  return payloadFailure(
    `The event cannot be sent: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown error'}`
  )
}

/** Empty strings count as absent: the framework leaves them out of single events only. */
function wholePayload(payload: object): string {
  return JSON.stringify(payload, (_key, value: unknown) => (value === '' ? undefined : value))
}
