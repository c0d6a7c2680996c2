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

/** Kameleoon's remote data: maps of JSON values by key, each with a time to live. */
export class Maps {
  private readonly stored: LRUCache<string, StoredMap>

  constructor(private readonly options: EmulatorOptions) {
    this.stored = new LRUCache({ max: options.retention.maps })
  }

  /** The map's fields, or undefined when the key is unknown or expired. */
  get(key: string): MapFields | undefined {
    const map = this.stored.get(key)
    return map && map.expiresAt > this.options.clock() ? map.fields : undefined
  }

  /** Every map that has not expired, by key, the oldest first. */
  all(): Record<string, StoredMap> {
    const alive = [...this.stored.entries()].filter(([, map]) => map.expiresAt > this.options.clock())
    return Object.fromEntries(alive.reverse())
  }

  /** Writes one map as the option `mapWrites` says. The time to live starts again. */
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
