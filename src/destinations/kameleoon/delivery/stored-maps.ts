import type { KameleoonClient } from '../kameleoon-api/client'
import { readableParts, readMaps } from '../kameleoon-api/maps'
import type { StoredMap } from '../kameleoon-api/maps'
import type { Failure } from './failure'
import { sendHalving } from './halving'
import type { Gate } from './halving'

/** The stored maps of these keys, and for keys that could not be read, why. */
export async function readStored(
  client: KameleoonClient,
  keys: readonly string[],
  gate: Gate
): Promise<{ maps: Map<string, StoredMap>; failures: Map<string, Failure> }> {
  const maps = new Map<string, StoredMap>()
  const failures = new Map<string, Failure>()
  for (const part of readableParts(keys)) {
    await sendHalving<string, Map<string, StoredMap>>(part, gate, {
      send: (some) => readMaps(client, some),
      delivered: (some, found) => some.forEach((key) => maps.set(key, found.get(key) ?? {})),
      failed: (some, failure) => some.forEach((key) => failures.set(key, failure))
    })
  }
  return { maps, failures }
}
