import type { Emulator } from '../../../../emulator'

/** How often each nonce arrived at an emulator. */
export function arrivedNonces(emulator: Emulator): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { path, body } of emulator.requests) {
    // Of a connection that the emulator cut, nothing was read.
    if (path !== '/visit/events' || body === '') continue
    // The emulator has checked that it is a list of events with nonces; see `discarded`.
    for (const { nonce } of JSON.parse(body) as { nonce: string }[]) counts.set(nonce, (counts.get(nonce) ?? 0) + 1)
  }
  return counts
}

/** How many events arrived more than once. */
export function repeatedCount(emulator: Emulator): number {
  return [...arrivedNonces(emulator).values()].filter((count) => count > 1).length
}

/** All that arrived, however often: nonces, the fields of every map, and what Kameleoon would have discarded. */
export function arrivals(emulator: Emulator): { nonces: string[]; maps: Record<string, object>; discarded: unknown[] } {
  const maps = Object.entries(emulator.maps()).map(([key, { fields }]) => [key, fields] as const)
  const nonces = [...arrivedNonces(emulator).keys()].sort()
  return { nonces, maps: Object.fromEntries(maps), discarded: emulator.discarded }
}

/** How many requests with events or stored data arrived. */
export function sentRequests(emulator: Emulator): number {
  return emulator.requests.filter(({ method, path }) => method === 'POST' && path !== '/oauth/token').length
}
