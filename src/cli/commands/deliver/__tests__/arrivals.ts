import type { Emulator } from '../../../../emulator'

/** How often each nonce arrived at an emulator and was accepted. */
export function arrivedNonces(emulator: Emulator): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { path, body } of emulator.requests) {
    if (path !== '/visit/events') continue
    // The emulator has checked that it is a list of events with nonces; see `discarded`.
    for (const { nonce } of JSON.parse(body) as { nonce: string }[]) counts.set(nonce, (counts.get(nonce) ?? 0) + 1)
  }
  return counts
}

/** What is stored under each key, without times. */
export function storedMaps(emulator: Emulator): Record<string, object> {
  const entries = Object.entries(emulator.maps()).map(([key, { fields }]) => [key, fields] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Nonces, sorted. */
export function sortedNonces(counts: ReadonlyMap<string, number>): string[] {
  return [...counts.keys()].sort()
}

/** How many events arrived more than once. */
export function repeatedCount(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].filter((count) => count > 1).length
}
