import { MultiStatusResponse } from '@segment/actions-core'
import type { RequestFn, StatsContext } from '@segment/actions-core'
import { kameleoonClient } from '../kameleoon-api/client'
import type { HttpRequest } from '../kameleoon-api/http'
import { boundGoals } from '../kameleoon-api/project'
import type { Settings } from '../generated-types'
import { connectionFrom } from '../settings'
import { withoutBlanks } from '../values'
import { customDataFor } from './custom-data'
import { errorOf, failureOf } from './failure'
import type { Stops } from './halving'
import { Links } from './look-ups'
import { deliverMaps, writesMaps } from './map-writes'
import { messagesOf, referencedEvent, wantedLinks } from './messages'
import type { CommonPayload, PlanEvent } from './messages'
import { errorNode, Message, successNode } from './outcome'
import type { Outcome } from './outcome'
import { countingRequests, countOutcomes } from './statistics'
import { deliverVisitEvents, resolveVisitEvents } from './visit-events'
import { WantedGoals } from './wanted-goals'

/** `perform` and `performBatch` of an action: the single path is the batch path with one event. */
export function performers<Payload extends CommonPayload>(planEvent: PlanEvent<Payload>) {
  const perform: RequestFn<Settings, Payload> = async (request, data) => {
    const [outcome] = await deliver(request, data, [data.payload], planEvent)
    if (outcome.kind === 'rejected') throw errorOf(outcome.failure)
    return successNode(outcome)
  }

  const performBatch: RequestFn<Settings, Payload[], MultiStatusResponse> = async (request, data) => {
    const answer = new MultiStatusResponse()
    for (const outcome of await deliver(request, data, data.payload, planEvent)) {
      if (outcome.kind === 'rejected') answer.pushErrorResponse(errorNode(outcome))
      else answer.pushSuccessResponse(successNode(outcome))
    }
    return answer
  }

  return { perform, performBatch }
}

/** What the host gives beside the payload. */
interface Host {
  settings: Settings
  signal?: AbortSignal
  statsContext?: StatsContext
}

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
    const stops: Stops = { reading: {}, writing: {}, requests: 0 }
    const events = payloads.map((payload) => referencedEvent(withoutBlanks(payload)))
    const links = await Links.of(client, wantedLinks(events), stops)
    const entries = messagesOf(events, links, planEvent)
    const planned = entries.filter(isMessage)
    const [goals, customData] = await Promise.all([WantedGoals.of(client, planned), customDataFor(client, planned)])
    boundGoals(client.connection)
    // Of a message that failed already nothing is sent, its stored data neither.
    const messages = planned.filter(({ failure }) => !failure)
    for (const message of messages) resolveVisitEvents(message, goals, customData)
    await deliverVisitEvents(client, messages, stops)
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
