import type { Exchange, PartResult } from '../../contract'
import { curlOf, type TracedExchange } from '../../../segment-host'
import type { SentParts } from './batch-trace'
import { resultsOfEvent } from './results-of-event'
import type { TracedAttempt } from './mapping-trace'
import { isGoalOf, ownedPart, requestParts, type RequestParts } from './request-parts'

/**
 * The requests of an attempt that an event had a part in; those about no event in particular concern every one.
 * @param ids all ids of the event that are known
 */
export function exchangesOfEvent(attempt: TracedAttempt, ids: ReadonlySet<string>): Exchange[] {
  const { batch, position } = attempt
  const own = batch.parts[position]
  const stayed = neverLeft(attempt)
  return batch.exchanges.flatMap((exchange) => {
    const parts = requestParts(exchange)
    if (parts === null) return [shown(exchange, batch.parts.length, [])]
    // What was written for an event is known; nothing else that was taken under its ids is its own.
    const part = ownedPart(parts, own, stayed || (isTaken(exchange) && !parts.isReading) ? NO_IDS : ids)
    if (part.nonces.length + part.keys.length === 0 && (stayed || !isGoalOf(parts, own))) return []
    const results = parts.isReading ? [] : resultsOfEvent(exchange, parts, part, earlier(batch.parts, position))
    return [shown(exchange, sharers(parts, batch.parts), results)]
  })
}

const NO_IDS: ReadonlySet<string> = new Set()

/** An event whose own content was rejected, though Kameleoon rejected none of the batch's requests for their content. */
function neverLeft({ batch, outcome }: TracedAttempt): boolean {
  const isOwnFault = outcome.kind === 'rejected' && outcome.status === 400
  return isOwnFault && !batch.exchanges.some(({ response }) => response?.status === 400 || response?.status === 413)
}

function isTaken({ response }: TracedExchange): boolean {
  return response !== null && response.status >= 200 && response.status <= 299
}

/** How many events of the batch are known to be in a request: this one at least. */
function sharers(parts: RequestParts, all: SentParts[]): number {
  const known = all.filter((sent) => {
    const isTold = sent.nonces.some((nonce) => parts.types.has(nonce)) || sent.keys.some((key) => parts.keys.has(key))
    return isTold || isGoalOf(parts, sent)
  })
  return Math.max(1, known.length)
}

/** How often each nonce stands in the events before this one: equal events of a batch each have their own result. */
function earlier(parts: SentParts[], position: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { nonces } of parts.slice(0, position)) {
    for (const nonce of nonces) counts.set(nonce, (counts.get(nonce) ?? 0) + 1)
  }
  return counts
}

function shown(exchange: TracedExchange, sharedBy: number, results: PartResult[]): Exchange {
  const { id, at, milliseconds, method, url, headers, body, response, error } = exchange
  return {
    ...{ id, at: new Date(at).toISOString(), milliseconds, sharedBy },
    request: { method, url, headers, body, curl: curlOf(exchange) },
    ...{ response, error, results }
  }
}
