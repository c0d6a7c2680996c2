/** The path of a visitor's view. A visitor code may contain any character. */
export function visitorPlace(code: string): string {
  return `/visitors/${encodeURIComponent(code)}`
}

/** The visitor code in a location hash. The router decodes its path only partly, so the hash itself is read. */
export function visitorAt(hash: string): string {
  const written = hash.slice('#/visitors/'.length)
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}

/** The path of the list of events with a search. */
export function eventListPlace(q: string): string {
  return q === '' ? '/events' : `/events?q=${encodeURIComponent(q)}`
}
