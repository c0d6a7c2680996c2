/** What a run may have left at Kameleoon so far. Everything is noted before the request that creates it. */
export interface Traces {
  /** Whether events of the test visitor were sent. */
  visitor: boolean
  /** The field names written under each key. */
  keys: Map<string, Set<string>>
  goals: Set<string>
}

export function noTraces(): Traces {
  return { visitor: false, keys: new Map(), goals: new Set() }
}

/** Notes what a write to maps is about to create. */
export function noteMaps({ keys }: Traces, maps: Record<string, object>): void {
  for (const [key, fields] of Object.entries(maps)) {
    keys.set(key, new Set([...(keys.get(key) ?? []), ...Object.keys(fields)]))
  }
}
