import { isRecord } from '../../../segment-host'
import type { SeenPath } from '../../contract'

type Value = SeenPath['values'][number]

/** Most paths that are kept, and most levels and values of each. */
const MOST_PATHS = 400
const MOST_LEVELS = 6
const MOST_VALUES = 5

/** Of these, more values are kept: filters are made of them. */
const NAMES = ['$.type', '$.event', '$.name']
const MOST_NAMES = 100
const LONGEST_VALUE = 80

/** A key with one of these characters cannot be part of a path. */
const UNREACHABLE = /[.[\]'"]|^$/

/** The paths that occur in events, as mappings write them, with some of their values. */
export class EventPaths {
  private readonly found = new Map<string, { events: number; values: Set<Value> }>()

  /** Adds all paths of an event. */
  add(event: object): void {
    this.addMembers('$', event, 1)
  }

  list(): SeenPath[] {
    return [...this.found].map(([path, { events, values }]) => ({ path, events, values: [...values] }))
  }

  private addMembers(place: string, value: object, level: number): void {
    for (const [key, member] of Object.entries(value)) {
      if (!UNREACHABLE.test(key)) this.addValue(`${place}.${key}`, member, level)
    }
  }

  private addValue(path: string, value: unknown, level: number): void {
    if (value === undefined || value === null || !this.note(path, value) || level >= MOST_LEVELS) return
    if (isRecord(value)) this.addMembers(path, value, level + 1)
    if (Array.isArray(value) && value.length > 0) this.addValue(`${path}[0]`, value[0], level + 1)
  }

  /** False when there are too many paths already. */
  private note(path: string, value: unknown): boolean {
    const known = this.found.get(path)
    if (!known && this.found.size >= MOST_PATHS) return false
    const { events, values } = known ?? { events: 0, values: new Set<Value>() }
    if (isShown(value) && values.size < (NAMES.includes(path) ? MOST_NAMES : MOST_VALUES)) values.add(value)
    this.found.set(path, { events: events + 1, values })
    return true
  }
}

function isShown(value: unknown): value is Value {
  if (typeof value === 'string') return value !== '' && value.length <= LONGEST_VALUE
  return typeof value === 'number' || typeof value === 'boolean'
}
