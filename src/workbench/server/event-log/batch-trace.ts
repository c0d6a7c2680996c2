import { idIn, memberOf, recordOf, textOf, type RecordedExchange } from '../../../segment-host'
import type { PartResult } from '../../../emulator'

/** What was sent to Kameleoon for one event: nonces of visit events and keys of maps. */
export interface SentParts {
  /** Name of the event, which its goal is named after. */
  name: string | null
  /** Of its visit events or, where there are none, of its stored data, which is named by it first; else null. */
  visitorCode: string | null
  nonces: readonly string[]
  keys: readonly string[]
}

/** A request of a batch; `result` is what the emulator did with it, null for a request to the real Kameleoon. */
export interface TracedRequest {
  exchange: RecordedExchange
  result: { readonly parts: PartResult[] | null; whenLate(callback: () => void): void } | null
}

/** One batch of a mapping: the requests that were sent for it, and which parts of them belong to which event. */
export interface BatchTrace {
  requests: TracedRequest[]
  /** By the event's position in the batch. */
  parts: SentParts[]
}

/** @param events by their position in the batch: the name, and what the destination reports as sent */
export function batchTrace(requests: TracedRequest[], events: { name: string | null; sent: unknown }[]): BatchTrace {
  return { requests, parts: events.map(({ name, sent }) => ({ name, ...sentPartsOf(sent) })) }
}

/** Reads the `sent` part of the destination's outcome for one event. */
function sentPartsOf(sent: unknown): Omit<SentParts, 'name'> {
  const visitEvents = memberOf(sent, 'visitEvents')
  const events: unknown[] = Array.isArray(visitEvents) ? visitEvents : []
  const keys = Object.keys(recordOf(memberOf(sent, 'maps')))
  const [key = ''] = keys
  return {
    visitorCode: visitorIn(events[0]) ?? idIn(key, 'identify') ?? idIn(key, 'cohorts') ?? null,
    nonces: events.map((event) => String(memberOf(event, 'nonce'))),
    keys
  }
}

/** The visitor code of a visit event, or the cross-device id that stands in its place. */
function visitorIn(event: unknown): string | null {
  return textOf(memberOf(event, 'visitorCode')) ?? textOf(memberOf(event, 'mappingValue'))
}
