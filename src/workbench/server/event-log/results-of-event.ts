import type { PartResult } from '../../contract'
import type { TracedExchange } from '../../../segment-host'
import type { SentParts } from './batch-trace'
import type { RequestParts } from './request-parts'

/**
 * What became of an event's parts in a request. Nothing is known of what Kameleoon itself did.
 * @param earlier how often each nonce stands in the request before this event
 */
export function resultsOfEvent(
  exchange: TracedExchange,
  { types }: RequestParts,
  { nonces, keys }: SentParts,
  earlier: ReadonlyMap<string, number>
): PartResult[] {
  if (exchange.judged === null) return []
  const { results } = exchange.judged
  const seen = new Map(earlier)
  const events = nonces.map((nonce) => {
    const turn = seen.get(nonce) ?? 0
    seen.set(nonce, turn + 1)
    const found = results?.filter(({ key }) => key === nonce) ?? []
    return found[turn] ?? found[0] ?? notTaken(types.get(nonce) ?? 'event', nonce, exchange)
  })
  const maps = keys.map((key) => results?.find((result) => result.key === key) ?? notTaken('map', key, exchange))
  return [...events, ...maps]
}

function notTaken(what: string, key: string, { response, error }: TracedExchange): PartResult {
  const reason = response ? `Kameleoon answered ${response.status}` : (error ?? 'There is no answer yet')
  return { what, key, visitorCode: null, kind: 'not-taken', reason, value: null }
}
