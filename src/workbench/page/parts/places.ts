/** Where a visitor is shown; a visitor code may hold any character. */
export function visitorPlace(code: string): string {
  return `/visitors/${encodeURIComponent(code)}`
}

/** The visitor code of such a place. The router has decoded its own copy by halves, so this reads the address itself. */
export function visitorAt(hash: string): string {
  const written = hash.slice('#/visitors/'.length)
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}
