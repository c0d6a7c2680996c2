import type { Attempt, Delivery, EventDetail } from '../contract'
import type { HostedDefinition } from '../hosted'
import { whyNot } from '../segment-host'
import { exchangesOfEvent } from './exchanges-of-event'
import type { LiveEvent } from './live-event'
import { outcomeName, reasonOf, type MappingTrace, type TracedAttempt } from './mapping-trace'
import { resolvedPayload } from './resolved-payload'

/** Everything that is known of an event, put together when somebody asks. */
export function eventDetail(live: LiveEvent, definition: HostedDefinition): EventDetail {
  const event = JSON.parse(live.arrival.text) as Record<string, unknown>
  return {
    summary: live.summary(),
    event,
    deliveries: live.traces.map((trace) => deliveryOf(trace, live, definition))
  }
}

function deliveryOf(trace: MappingTrace, { arrival }: LiveEvent, definition: HostedDefinition): Delivery {
  const { subscription, matched, status, attempts } = trace
  const { subscribe, enabled } = subscription
  // Parsed anew for each mapping: resolving and checking change values in place.
  const fresh = (): Record<string, unknown> => JSON.parse(arrival.text) as Record<string, unknown>
  return {
    subscriptionId: subscription.id,
    subscriptionName: subscription.name,
    partnerAction: subscription.partnerAction,
    subscribe,
    matched,
    whyNot: matched ? null : (arrival.heldBack ?? (enabled ? whyNot(subscribe, fresh()) : 'The mapping is disabled')),
    payload: matched ? resolvedPayload(definition, subscription, fresh()) : null,
    status,
    attempts: attempts.map((attempt, index) => attemptOf(attempt, index + 1, fresh))
  }
}

function attemptOf(attempt: TracedAttempt, number: number, event: () => Record<string, unknown>): Attempt {
  const { at, outcome, nextAttemptAt, batch } = attempt
  return {
    number,
    at: new Date(at).toISOString(),
    batchSize: batch.parts.length,
    status: outcome.kind === 'refused' ? outcome.status : 200,
    outcome: outcomeName(outcome),
    reason: reasonOf(outcome),
    nextAttemptAt: nextAttemptAt === null ? null : new Date(nextAttemptAt).toISOString(),
    exchanges: exchangesOfEvent(attempt, event())
  }
}
