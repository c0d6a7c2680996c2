import type { EventStatus, Overview } from '../../contract'
import type { LiveEvent } from '../event-log/live-event'
import type { MappingTrace } from '../event-log/mapping-trace'
import type { EventReason, Example } from './reason-groups'

/** What Kameleoon did with an event as a whole. */
export type Kept = keyof Overview['kameleoon']

export interface Conversion {
  goalId: number
  goalName: string | null
  /** Negative when it takes an earlier one back; null when no amount was sent. */
  amount: number | null
  currency: string | null
  isNegative: boolean
}

/** What an event adds to the counts of the overview. */
export interface EventTally {
  arrivedAt: number
  status: EventStatus
  /** Null while it is not delivered and nothing of it was discarded. */
  kept: Kept | null
  reasons: EventReason[]
  conversions: Conversion[]
  mappings: { id: string; name: string; status: EventStatus }[]
}

export function tallyOf(event: LiveEvent): EventTally {
  const matched = event.traces.filter((trace) => trace.matched)
  return {
    arrivedAt: event.arrival.receivedAt,
    status: event.status,
    kept: keptOf(event),
    reasons: reasonsOf(event, matched),
    conversions: conversionsOf(event),
    mappings: matched.map(({ subscription: { id, name }, status }) => ({ id, name, status }))
  }
}

export function exampleOf({ id, number, arrival: { type, name, receivedAt } }: LiveEvent): Example {
  return { id, number, type, name, receivedAt: new Date(receivedAt).toISOString() }
}

/** Stored data is written again by every event, so an event is judged by its visit events where it has any. */
function keptOf({ parts, status, discarded }: LiveEvent): Kept | null {
  if (discarded > 0) return 'discarded'
  if (status !== 'delivered') return null
  const visitEvents = parts.filter(({ what }) => what !== 'map')
  const kinds = new Set((visitEvents.length > 0 ? visitEvents : parts).map(({ kind }) => kind))
  if (kinds.has('kept')) return 'kept'
  if (kinds.has('sent')) return 'unknown'
  return kinds.has('duplicate') ? 'duplicates' : 'nothing'
}

function reasonsOf(event: LiveEvent, matched: MappingTrace[]): EventReason[] {
  const { status, arrival } = event
  if (arrival.rejection !== null) return [{ kind: 'rejected', reason: arrival.rejection, mapping: null }]
  if (status === 'filtered') {
    return [{ kind: 'filtered', reason: event.summary().reason ?? 'No reason was given', mapping: null }]
  }
  return matched.flatMap((trace) => [...ownReason(trace), ...discardedReasons(trace)])
}

function ownReason({ status, reason, subscription: { id, name } }: MappingTrace): EventReason[] {
  if (status !== 'rejected' && status !== 'retrying') return []
  return [{ kind: status, reason: reason ?? 'No reason was given', mapping: { id, name } }]
}

/** Why Kameleoon did not keep parts of the event. */
function discardedReasons({ discarded, attempts, subscription: { id, name } }: MappingTrace): EventReason[] {
  if (discarded === 0) return []
  const reasons = attempts.flatMap(({ batch, position }) => {
    const { nonces, keys } = batch.parts[position]
    const own = new Set([...nonces, ...keys])
    const results = batch.requests.flatMap(({ result }) => result?.parts ?? [])
    return results.filter(({ kind, key }) => kind === 'discarded' && own.has(key)).map(({ reason }) => reason)
  })
  return [...new Set(reasons)].map((reason) => ({
    ...{ kind: 'discarded' as const, reason: reason ?? 'No reason was given', mapping: { id, name } }
  }))
}

/** Conversions that Kameleoon counted, or that the real Kameleoon accepted. */
function conversionsOf({ parts, arrival: { currency } }: LiveEvent): Conversion[] {
  return parts.flatMap(({ kind, goalId, goalName, amount }) => {
    if (goalId === null || (kind !== 'kept' && kind !== 'sent')) return []
    const isNegative = amount !== null && amount < 0
    return [{ goalId, goalName, amount, currency: amount === null ? null : currency, isNegative }]
  })
}
