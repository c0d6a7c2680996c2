import { IntegrationError, MultiStatusResponse } from '@segment/actions-core'
import type { ExecuteInput, RequestFn } from '@segment/actions-core'
import { kameleoonClient } from '../kameleoon-api/client'
import type { HttpRequest } from '../kameleoon-api/http'
import type { Settings } from '../generated-types'
import { ownText } from '../values'
import { connectionFrom } from '../settings'
import { eventTime, filterIfOld } from '../plan/plan'
import type { Filtered, Plan } from '../plan/plan'
import { visitorOf } from '../visitor'
import type { LinkedVisitor, Visitor, VisitorFields, VisitorReference } from '../visitor'
import { errorOf, failureOf, payloadFailure } from './failure'
import type { Failure } from './failure'
import type { Stops } from './halving'
import { Links, WantedGoals } from './look-ups'
import { deliverMaps, writesMaps } from './map-writes'
import { errorNode, Message, successNode } from './outcome'
import type { Outcome } from './outcome'
import { countingRequests, countOutcomes } from './statistics'
import { deliverVisitEvents, resolveVisitEvents } from './visit-events'

/** The fields that delivery itself reads, whatever the action. */
export interface CommonPayload extends VisitorFields {
  timestamp: string | number
  messageId?: string
  maxEventAgeHours?: number
}

/** The pure part of an action: what Kameleoon should receive for one event. */
export type PlanEvent<Payload> = (payload: Payload, visitor: Visitor) => Plan | Filtered

/** `perform` and `performBatch` of an action: the single path is the batch path with one event. */
export function performers<Payload extends CommonPayload>(planEvent: PlanEvent<Payload>) {
  const perform: RequestFn<Settings, Payload> = async (request, { payload, ...host }) => {
    const [outcome] = await deliver(request, host, [payload], planEvent)
    if (outcome.kind === 'rejected') throw errorOf(outcome.failure)
    return successNode(outcome)
  }

  const performBatch: RequestFn<Settings, Payload[], MultiStatusResponse> = async (request, { payload, ...host }) => {
    const answer = new MultiStatusResponse()
    for (const outcome of await deliver(request, host, payload, planEvent)) {
      if (outcome.kind === 'rejected') answer.pushErrorResponse(errorNode(outcome))
      else answer.pushSuccessResponse(successNode(outcome))
    }
    return answer
  }

  return { perform, performBatch }
}

/** What the host gives beside the payload. */
type Host = Pick<ExecuteInput<Settings, unknown>, 'settings' | 'signal' | 'statsContext'>

/** Delivers payloads to Kameleoon, and counts what became of them. */
async function deliver<Payload extends CommonPayload>(
  request: HttpRequest,
  host: Host,
  payloads: Payload[],
  planEvent: PlanEvent<Payload>
): Promise<Outcome[]> {
  const outcomes = await outcomesOf(countingRequests(request, host.statsContext), host, payloads, planEvent)
  countOutcomes(outcomes, host.statsContext)
  return outcomes
}

/**
 * @returns one outcome per payload, in their order; it throws for nothing that Kameleoon or the data can cause
 */
async function outcomesOf<Payload extends CommonPayload>(
  request: HttpRequest,
  { settings, signal }: Host,
  payloads: Payload[],
  planEvent: PlanEvent<Payload>
): Promise<Outcome[]> {
  try {
    const client = kameleoonClient(request, connectionFrom(settings), signal)
    const stops: Stops = { reading: {}, writing: {} }
    const references = payloads.map(visitorReference)
    const links = await Links.of(client, references.filter(isLinked), stops.reading)
    const entries = payloads.map((payload, position) => messageOf(payload, references[position], links, planEvent))
    const messages = entries.filter(isMessage)
    const goals = await WantedGoals.of(client, messages)
    for (const message of messages) resolveVisitEvents(message, goals)
    await deliverVisitEvents(client, messages, stops.writing)
    if (messages.some(writesMaps)) await deliverMaps(client, messages, stops)
    return entries.map((entry) => (isMessage(entry) ? entry.outcome() : entry))
  } catch (error) {
    const failure = failureOf(error)
    return payloads.map(() => ({ kind: 'rejected', failure }))
  }
}

function isMessage(entry: Message | Outcome): entry is Message {
  return entry instanceof Message
}

function isLinked(reference: VisitorReference | Outcome): reference is LinkedVisitor {
  return reference.kind === 'linked'
}

/** Whose event it is, or the outcome of an event that is too old or has no visitor. */
function visitorReference(payload: CommonPayload): VisitorReference | Outcome {
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
    const visitor = isLinked(reference) ? links.visitorOf(reference) : reference
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

/** Empty strings count as absent, since the framework removes them from single events but not from batches. */
function wholePayload(payload: object): string {
  return JSON.stringify(payload, (_key, value: unknown) => (value === '' ? undefined : value))
}
