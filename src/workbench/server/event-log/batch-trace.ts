import type { TracedExchange } from '../../../segment-host'

/** What was sent to Kameleoon for one event: nonces of visit events and keys of maps. */
export interface SentParts {
  /** Name of the event, after which goals are called. */
  name: string | null
  nonces: readonly string[]
  keys: readonly string[]
}

/** One batch of a mapping: what was asked and answered while it was under way, and which part belongs to which event. */
export interface BatchTrace {
  exchanges: TracedExchange[]
  /** By the event's place in the batch. */
  parts: SentParts[]
}

/** What is known of an event of a batch: its name, and what the destination says it sent for it. */
export interface SentEvent {
  name: string | null
  sent: unknown
}

/** @param events by their place in the batch */
export function batchTrace(exchanges: TracedExchange[], events: SentEvent[]): BatchTrace {
  return { exchanges, parts: events.map(sentPartsOf) }
}

/** Nonces and keys that Kameleoon accepted and would not keep, as far as that is known by now. */
export function lostIn({ exchanges }: BatchTrace): Set<string> {
  const results = exchanges.flatMap(({ judged }) => judged?.results ?? [])
  return new Set(results.filter(({ kind }) => kind === 'discarded').map(({ key }) => key))
}

/** Reads the `sent` part of a destination's outcome node. */
function sentPartsOf({ name, sent }: SentEvent): SentParts {
  const { visitEvents, maps } = Object(sent) as { visitEvents?: unknown; maps?: unknown }
  const events: unknown[] = Array.isArray(visitEvents) ? visitEvents : []
  return {
    name,
    nonces: events.map((event) => String((Object(event) as { nonce?: unknown }).nonce)),
    keys: Object.keys(Object(maps) as object)
  }
}
