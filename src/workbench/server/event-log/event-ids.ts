import { isPlaceholder, VISITOR_CODE_NAMES } from '../../../destinations/kameleoon'
import { linksIn, memberOf } from '../../../segment-host'
import type { TracedAttempt } from './mapping-trace'
import { idOfKey, storedIn } from './request-parts'

/** The Kameleoon visitor of an event by its own members. Without a visitor code it is the user id, as in the destination. */
export function visitorCodeIn(event: Record<string, unknown>): string | null {
  const texts = [...codesIn(event), event.userId].map((value) => (typeof value === 'string' ? value.trim() : ''))
  return texts.find((text) => text !== '' && !isPlaceholder(text)) ?? null
}

/**
 * All ids of an event that are known after its attempts in a mapping: its own, the visitors that Kameleoon has stored as
 * linked to them, and those under which an attempt stored data.
 */
export function idsOfEvent(event: Record<string, unknown>, attempts: readonly TracedAttempt[]): Set<string> {
  const ids = ownIds(event)
  const linked = attempts.flatMap(({ batch }) =>
    batch.requests.flatMap(({ exchange }) => [...linksIn(storedIn(exchange))])
  )
  const visitors = linked.filter(([id]) => ids.has(id)).map(([, visitorCode]) => visitorCode)
  const written = attempts.flatMap(({ batch, position }) => batch.parts[position].keys.map(idOfKey))
  return new Set([...ids, ...visitors, ...written])
}

/** Visitor codes, user id and anonymous id. */
function ownIds(event: Record<string, unknown>): Set<string> {
  const { userId, anonymousId } = event
  const ids = [visitorCodeIn(event), ...codesIn(event), userId, anonymousId]
  return new Set(ids.filter((id) => typeof id === 'string').map((id) => id.trim()))
}

function codesIn({ properties, traits, context }: Record<string, unknown>): unknown[] {
  const contextTraits = memberOf(context, 'traits')
  return [properties, traits, contextTraits, context].flatMap((place) =>
    VISITOR_CODE_NAMES.map((name) => memberOf(place, name))
  )
}
