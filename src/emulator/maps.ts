import { LRUCache } from 'lru-cache'
import type { Modes } from './modes'
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
  /** Writes that cannot be read yet, in their order. */
  private waiting: { key: string; fields: MapFields; ttlHours: number; from: number }[] = []

  /** @param original where maps are read that are not written here; it is never changed */
  constructor(
    private readonly options: EmulatorOptions,
    private readonly original?: Maps
  ) {
    this.stored = new LRUCache({ max: options.retention.maps })
  }

  /** The map's fields, or undefined when the key is unknown or expired. */
  get(key: string): MapFields | undefined {
    this.settle()
    return this.fieldsIn(this.stored.get(key) ?? this.original?.peek(key))
  }

  /** Every map that has not expired, by key, the oldest first. */
  all(): Record<string, StoredMap> {
    this.settle()
    const alive = [...this.stored.entries()].filter(([, map]) => map.expiresAt > this.options.clock())
    return Object.fromEntries(alive.reverse())
  }

  /** Writes one map as the modes say, as soon as `mapsVisibleAfterMs` has passed. The time to live starts again. */
  write(key: string, fields: MapFields, ttlHours: number): void {
    const { clock, mapsVisibleAfterMs } = this.options
    if (mapsVisibleAfterMs === 0) this.store(key, fields, ttlHours)
    else this.waiting.push({ key, fields, ttlHours, from: clock() + mapsVisibleAfterMs })
  }

  /** Carries out the writes whose time has come. */
  private settle(): void {
    if (this.waiting.length === 0) return
    const now = this.options.clock()
    const due = this.waiting.filter(({ from }) => from <= now)
    this.waiting = this.waiting.filter(({ from }) => from > now)
    due.forEach(({ key, fields, ttlHours }) => this.store(key, fields, ttlHours))
  }

  /** The map as it is stored, without counting as a use of it. */
  private peek(key: string): StoredMap | undefined {
    this.settle()
    return this.stored.peek(key)
  }

  private fieldsIn(map: StoredMap | undefined): MapFields | undefined {
    return map && map.expiresAt > this.options.clock() ? map.fields : undefined
  }

  private store(key: string, fields: MapFields, ttlHours: number): void {
    const now = this.options.clock()
    const before = this.fieldsIn(this.stored.get(key) ?? this.original?.peek(key)) ?? {}
    const written = writtenOver(before, fields, this.options)
    // In a copy, the deleted map hides that of the original.
    if (Object.keys(written).length === 0 && this.original)
      this.stored.set(key, { fields: {}, writtenAt: now, expiresAt: now })
    else if (Object.keys(written).length === 0) this.stored.delete(key)
    else this.stored.set(key, { fields: written, writtenAt: now, expiresAt: now + ttlHours * HOUR })
  }

  get size(): number {
    this.settle()
    return this.stored.size
  }

  reset(): void {
    this.waiting = []
    this.stored.clear()
  }
}

/** The map after a write. */
function writtenOver(before: MapFields, change: MapFields, modes: Modes): MapFields {
  const isMerge = modes.mapWrites === 'merge'
  const { nullFields = isMerge ? 'remove' : 'keep', emptyMaps = isMerge ? 'ignore' : 'delete' } = modes
  if (Object.keys(change).length === 0) return emptyMaps === 'delete' ? {} : before
  const fields = Object.entries(isMerge ? { ...before, ...change } : change)
  if (nullFields === 'keep') return Object.fromEntries(fields)
  const settled = fields.map(([name, value]): [string, unknown] => {
    return [name, value === null && nullFields === 'ignore' ? (before[name] ?? null) : value]
  })
  return Object.fromEntries(settled.filter(([, value]) => value !== null))
}
