import type { JSONObject } from '@segment/actions-core'
import type { Attempt, Delivery, EventDetail } from '../../contract'
import { mappedPayload } from '../destination/mapped-payload'
import type { HostedDefinition } from '../hosted'
import { whyNot } from '../../../segment-host'
import { exchangesOfEvent } from './exchanges-of-event'
import { idsOfEvent } from './event-ids'
import type { EventLog } from './event-log'
import { isSameMessage, type LiveEvent } from './live-event'
import { outcomeName, reasonOf, type MappingTrace, type TracedAttempt } from './mapping-trace'

/** What the details are made from. */
export interface DetailSources {
  definition: HostedDefinition
  emulator: { readonly url: string }
  events: EventLog
}

/** Everything that is known about an event. Made on request, since it takes much more memory than the trace. */
export async function eventDetail(live: LiveEvent, sources: DetailSources): Promise<EventDetail> {
  const { definition, emulator, events } = sources
  const event = JSON.parse(live.arrival.text) as JSONObject
  const payloads = await Promise.all(live.traces.map((trace) => payloadOf(trace, event, definition)))
  return {
    summary: live.summary(),
    event,
    replayOf: replayedBy(live, events),
    deliveries: live.traces.map((trace, index) => deliveryOf(trace, { live, event, emulator }, payloads[index]))
  }
}

/** The mapped payload; null when the event did not match. */
async function payloadOf(
  { matched, subscription }: MappingTrace,
  event: JSONObject,
  definition: HostedDefinition
): Promise<unknown> {
  if (!matched) return null
  const { partnerAction, mapping } = subscription
  // The mapping came as JSON, from the page or a file.
  const mapped = await mappedPayload(definition, { partnerAction, mapping: mapping as JSONObject }, event)
  return mapped.payload
}

/** The event that a replay repeats; null for an event that is no replay. */
function replayedBy({ arrival, number }: LiveEvent, events: EventLog): EventDetail['replayOf'] {
  if (arrival.replayOf === null) return null
  const earlier = events.all().filter((one) => isSameMessage(one.arrival, arrival) && one.number < number)
  return {
    id: arrival.replayOf,
    number: events.get(arrival.replayOf)?.number ?? null,
    wasCounted: earlier.some(({ traces }) => traces.some(({ kept }) => kept === 'some'))
  }
}

interface Traced {
  live: LiveEvent
  event: JSONObject
  emulator: { readonly url: string }
}

function deliveryOf(trace: MappingTrace, { live: { arrival }, event, emulator }: Traced, payload: unknown): Delivery {
  const { subscription, matched, status, attempts } = trace
  const { subscribe, enabled } = subscription
  const ids = idsOfEvent(event, attempts)
  return {
    subscriptionId: subscription.id,
    subscriptionName: subscription.name,
    partnerAction: subscription.partnerAction,
    subscribe,
    matched,
    whyNot: matched ? null : (arrival.filtered ?? (enabled ? whyNot(subscribe, event) : 'The mapping is disabled')),
    ...{ payload, status },
    attempts: attempts.map((attempt, index) => attemptOf(attempt, index + 1, ids, emulator.url))
  }
}

function attemptOf(attempt: TracedAttempt, number: number, ids: ReadonlySet<string>, emulatorUrl: string): Attempt {
  const { at, outcome, nextAttemptAt, batch } = attempt
  return {
    number,
    at: new Date(at).toISOString(),
    batchSize: batch.parts.length,
    status: outcome.kind === 'rejected' ? outcome.status : 200,
    outcome: outcomeName(outcome),
    reason: reasonOf(outcome),
    nextAttemptAt: nextAttemptAt === null ? null : new Date(nextAttemptAt).toISOString(),
    exchanges: exchangesOfEvent(attempt, ids, emulatorUrl)
  }
}
