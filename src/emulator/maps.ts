import { LRUCache } from 'lru-cache'
import type { EmulatorOptions } from './options'

const HOUR = 3_600_000

export type MapFields = Record<string, unknown>

/** A stored map; both times in milliseconds. */
export interface StoredMap {
  fields: MapFields
  writtenAt: number
  expiresAt: number
}

/** Kameleoon's remote data: maps of any JSON values by key, with a time to live. */
export class Maps {
  private readonly stored: LRUCache<string, StoredMap>

  constructor(private readonly options: EmulatorOptions) {
    this.stored = new LRUCache({ max: options.retention.maps })
  }

  /** The map's fields, or nothing for a key that is unknown or expired. */
  get(key: string): MapFields | undefined {
    const map = this.stored.get(key)
    return map && map.expiresAt > this.options.clock() ? map.fields : undefined
  }

  /** Every map that is alive, by key. */
  all(): Record<string, StoredMap> {
    const alive = [...this.stored.entries()].filter(([, map]) => map.expiresAt > this.options.clock())
    return Object.fromEntries(alive.reverse())
  }

  /** Writes one map the way the option `mapWrites` says; the time to live starts anew. */
  write(key: string, fields: MapFields, ttlHours: number): void {
    const written = this.options.mapWrites === 'merge' ? merged(this.get(key) ?? {}, fields) : fields
    const now = this.options.clock()
    if (Object.keys(written).length === 0) this.stored.delete(key)
    else this.stored.set(key, { fields: written, writtenAt: now, expiresAt: now + ttlHours * HOUR })
  }

  get size(): number {
    return this.stored.size
  }

  reset(): void {
    this.stored.clear()
  }
}

function merged(before: MapFields, change: MapFields): MapFields {
  const fields = Object.entries({ ...before, ...change })
  return Object.fromEntries(fields.filter(([, value]) => value !== null))
}
