import { queryPart } from '../../contract/event-query-text'

/** The list of events that match a search; without one, all of them. */
export function eventListPlace(q: string): string {
  return q === '' ? '/events' : `/events?q=${encodeURIComponent(q)}`
}

/** One event, with the list behind it that a search gives. */
export function eventPlace(id: string, q = ''): string {
  const place = `/events/${encodeURIComponent(id)}`
  return q === '' ? place : `${place}?q=${encodeURIComponent(q)}`
}

/** The list of events of one visitor. */
export function eventsOfVisitorPlace(visitorCode: string): string {
  return eventListPlace(queryPart('visitor', visitorCode))
}

/** The path in a location hash, and what stands behind its question mark. */
export function placeIn(hash: string): { path: string; search: string } {
  const place = `/${hash.replace(/^#?\/?/, '')}`
  const end = place.indexOf('?')
  return end < 0 ? { path: place, search: '' } : { path: place.slice(0, end), search: place.slice(end + 1) }
}

/** The search in a location hash. */
export function queryIn(hash: string): string {
  return new URLSearchParams(placeIn(hash).search).get('q') ?? ''
}

/** The path of a visitor's view. A visitor code may contain any character. */
export function visitorPlace(code: string): string {
  return `/visitors/${encodeURIComponent(code)}`
}

/** The visitor code in a location hash. The router decodes its path only partly, so the hash itself is read. */
export function visitorAt(hash: string): string {
  const written = placeIn(hash).path.slice('/visitors/'.length)
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}
