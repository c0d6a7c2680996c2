import type { JSONObject } from '@segment/actions-core'
import type { Attempt, Delivery, EventDetail } from '../../contract'
import { mappedPayload } from '../destination/mapped-payload'
import type { HostedDefinition } from '../hosted'
import { whyNot } from '../../../segment-host'
import { exchangesOfEvent } from './exchanges-of-event'
import { idsOfEvent } from './event-ids'
import type { LiveEvent } from './live-event'
import { outcomeName, reasonOf, type MappingTrace, type TracedAttempt } from './mapping-trace'

/** Everything that is known about an event. Made on request, since it takes much more memory than the trace. */
export async function eventDetail(live: LiveEvent, definition: HostedDefinition): Promise<EventDetail> {
  const event = JSON.parse(live.arrival.text) as JSONObject
  const payloads = await Promise.all(live.traces.map((trace) => payloadOf(trace, event, definition)))
  return {
    summary: live.summary(),
    event,
    deliveries: live.traces.map((trace, index) => deliveryOf(trace, live, event, payloads[index]))
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

function deliveryOf(trace: MappingTrace, { arrival }: LiveEvent, event: JSONObject, payload: unknown): Delivery {
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
    attempts: attempts.map((attempt, index) => attemptOf(attempt, index + 1, ids))
  }
}

function attemptOf(attempt: TracedAttempt, number: number, ids: ReadonlySet<string>): Attempt {
  const { at, outcome, nextAttemptAt, batch } = attempt
  return {
    number,
    at: new Date(at).toISOString(),
    batchSize: batch.parts.length,
    status: outcome.kind === 'rejected' ? outcome.status : 200,
    outcome: outcomeName(outcome),
    reason: reasonOf(outcome),
    nextAttemptAt: nextAttemptAt === null ? null : new Date(nextAttemptAt).toISOString(),
    exchanges: exchangesOfEvent(attempt, ids)
  }
}
