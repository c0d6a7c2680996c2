import type { ShortResult } from '../../contract'
import type { BatchTrace, TracedRequest } from './batch-trace'
import { requestParts } from './request-parts'

/** What Kameleoon did with a part of an event. */
export type PartKind = ShortResult['kind']

/** Of several attempts the first of these counts: a part that was kept once is kept, whatever came after. */
const STRENGTH: PartKind[] = ['kept', 'discarded', 'sent', 'duplicate', 'not-taken']

export function strongest(one: PartKind, other: PartKind): PartKind {
  return STRENGTH.indexOf(one) <= STRENGTH.indexOf(other) ? one : other
}

/** What Kameleoon did with the parts of each event of a batch: a map from nonces and keys of maps, by position. */
export function partKinds({ requests, parts }: BatchTrace): ReadonlyMap<string, PartKind>[] {
  const found = kindsFound(requests)
  const used = new Map<string, number>()
  return parts.map(({ nonces, keys }) => {
    const events = nonces.map((nonce): [string, PartKind] => {
      const index = used.get(nonce) ?? 0
      used.set(nonce, index + 1)
      // Equal events of a batch have the same nonce, and a result each.
      return [nonce, found.get(nonce)?.[index] ?? found.get(nonce)?.[0] ?? 'not-taken']
    })
    const maps = keys.map((key): [string, PartKind] => [key, found.get(key)?.reduce(strongest) ?? 'not-taken'])
    return new Map([...events, ...maps])
  })
}

/** All results of the requests, by nonce or key, in the order of the requests. */
function kindsFound(requests: TracedRequest[]): Map<string, PartKind[]> {
  const found = new Map<string, PartKind[]>()
  for (const [key, kind] of requests.flatMap(kindsIn)) {
    const known = found.get(key)
    if (known) known.push(kind)
    else found.set(key, [kind])
  }
  return found
}

function kindsIn({ exchange, result }: TracedRequest): [string, PartKind][] {
  if (result !== null) return (result.parts ?? []).map(({ key, kind }) => [key, kind])
  const status = exchange.response?.status ?? 0
  const content = status >= 200 && status <= 299 ? requestParts(exchange) : null
  if (content === null || content.isReading) return []
  return [...content.types.keys(), ...content.keys].map((key) => [key, 'sent'])
}
