import { isDeepStrictEqual } from 'util'
import type { StoredMap } from '../../../emulator'
import { recordOf } from '../../../segment-host'
import type { TimelineEntry, VisitorDetail } from '../../contract'
import type { EventLog } from '../event-log/event-log'
import type { LiveEvent } from '../event-log/live-event'
import { sourceOf } from './event-sources'
import { kindOfKey, partsOfKey } from './stored-maps'

type Fields = Record<string, unknown>
type MapKind = VisitorDetail['maps'][number]['kind']

/** One map that Kameleoon wrote, as it was afterwards. */
interface Write {
  key: string
  fields: Fields
  /** In milliseconds. */
  at: number
  event: LiveEvent | null
}

/**
 * What changed in the stored data of a visitor, one entry for each write. The same data is stored under several keys; that is
 * told once.
 * @param stored the visitor's maps as they are now, by key
 */
export function storedChanges(log: Pick<EventLog, 'all'>, stored: Record<string, StoredMap>): TimelineEntry[] {
  const before = new Map<string, Fields>()
  const entries = new Map<string, TimelineEntry>()
  for (const write of writesOf(log, stored)) {
    const what = changeInWords(write, before.get(write.key) ?? {})
    before.set(write.key, write.fields)
    const entry = entryOf(write, what)
    const same = [entry.at, entry.kind, what, entry.source?.id].join('\n')
    if (!entries.has(same)) entries.set(same, entry)
  }
  return [...entries.values()]
}

/** The writes, the oldest first. */
function writesOf(log: Pick<EventLog, 'all'>, stored: Record<string, StoredMap>): Write[] {
  const sent = sentWrites(log, new Set(Object.keys(stored)))
  const known = new Set(sent.map(({ key }) => key))
  // Written by another program, or by an event that is not kept any more.
  const others = Object.entries(stored).filter(([key]) => !known.has(key))
  return [...sent, ...others.map(([key, { fields, writtenAt }]) => ({ key, fields, at: writtenAt, event: null }))].sort(
    (one, other) => one.at - other.at
  )
}

function sentWrites(log: Pick<EventLog, 'all'>, keys: ReadonlySet<string>): Write[] {
  return log.all().flatMap((event) =>
    event.traces
      .flatMap(({ attempts }) => attempts)
      .flatMap(({ at, batch, position }) => {
        const own = batch.parts[position].keys.filter((key) => keys.has(key))
        if (own.length === 0) return []
        const parts = batch.requests.flatMap(({ result }) => result?.parts ?? [])
        const kept = parts.filter(({ what, key, kind }) => what === 'map' && kind === 'kept' && own.includes(key))
        return kept.map(({ key, value }) => ({ key, fields: recordOf(value), at, event }))
      })
  )
}

const ENTRY_KINDS: Record<MapKind, TimelineEntry['kind']> = {
  identify: 'stored',
  audiences: 'audience',
  link: 'link',
  other: 'stored'
}

function entryOf({ key, at, event }: Write, what: string): TimelineEntry {
  return {
    at: new Date(at).toISOString(),
    kind: ENTRY_KINDS[kindOfKey(key)],
    what,
    ...{ detail: null, amount: null, currency: null, source: event && sourceOf(event) }
  }
}

function changeInWords({ key, fields }: Write, before: Fields): string {
  const kind = kindOfKey(key)
  if (kind === 'link') return `${partsOfKey(key)?.id ?? key} is linked to this visitor`
  const names = [...new Set([...Object.keys(before), ...Object.keys(fields)])]
  const changed = names.filter((name) => !isDeepStrictEqual(before[name] ?? null, fields[name] ?? null))
  if (changed.length === 0) return 'Stored again without a change'
  return changed
    .map((name) => (kind === 'audiences' ? membership(name, fields[name]) : value(name, fields[name])))
    .join(', ')
}

function membership(audience: string, isMember: unknown): string {
  return isMember === true ? `entered ${audience}` : `left ${audience}`
}

function value(name: string, content: unknown): string {
  if (content === undefined || content === null) return `${name} removed`
  return `${name}: ${typeof content === 'string' ? content : JSON.stringify(content)}`
}
