import { linksIn } from '../../../segment-host'
import { idsIn } from './ids-in'
import type { TracedAttempt } from './mapping-trace'
import { storedIn } from './request-parts'

/**
 * The ids of an event with those that its way through a mapping has shown: visitors that Kameleoon told its ids are linked
 * to, and ids it was stored under by another attempt.
 */
export function idsOfWay(event: Record<string, unknown>, attempts: readonly TracedAttempt[]): Set<string> {
  const ids = idsIn(event)
  const linked = attempts.flatMap(({ batch }) =>
    batch.exchanges.flatMap((exchange) => [...linksIn(storedIn(exchange))])
  )
  const visitors = linked.filter(([id]) => ids.has(id)).map(([, visitorCode]) => visitorCode)
  const written = attempts.flatMap(({ batch, position }) => batch.parts[position].keys.map(idOfKey))
  return new Set([...ids, ...visitors, ...written])
}

function idOfKey(key: string): string {
  return key.slice(key.indexOf('_') + 1)
}
