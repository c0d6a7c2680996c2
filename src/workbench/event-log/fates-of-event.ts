import type { PartFate } from '../../emulator'
import type { Fate } from '../contract'
import type { TracedExchange } from '../exchange/traced-exchange'
import type { SentParts } from './batch-trace'
import type { RequestParts } from './request-parts'

/**
 * What became of an event's parts in a request. Nothing is known of what Kameleoon itself did.
 * @param earlier how often each nonce stands in the request before this event
 */
export function fatesOfEvent(
  exchange: TracedExchange,
  { types }: RequestParts,
  { nonces, keys }: SentParts,
  earlier: ReadonlyMap<string, number>
): Fate[] {
  if (exchange.judged === null) return []
  const { fates } = exchange.judged
  const seen = new Map(earlier)
  const events = nonces.map((nonce) => {
    const turn = seen.get(nonce) ?? 0
    seen.set(nonce, turn + 1)
    const found = fates?.filter(({ key }) => key === nonce) ?? []
    return found[turn] ?? found[0] ?? notTaken(types.get(nonce) ?? 'event', nonce, exchange)
  })
  const maps = keys.map((key) => fates?.find((fate) => fate.key === key) ?? notTaken('map', key, exchange))
  return [...events, ...maps]
}

function notTaken(what: string, key: string, { response, error }: TracedExchange): Fate & { value: PartFate['value'] } {
  const reason = response ? `Kameleoon answered ${response.status}` : (error ?? 'There is no answer yet')
  return { what, key, visitorCode: null, verdict: 'not-taken', reason, value: null }
}
