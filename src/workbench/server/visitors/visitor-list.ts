import type { Emulator, StoredMap, VisitEvent } from '../../../emulator'
import { linksIn } from '../../../segment-host'
import type { VisitorList, VisitorOrder, VisitorSummary } from '../../contract'
import { amountOf, amountsOf, isConversion } from './amounts'
import type { EventSources } from './event-sources'
import { partsOfKey } from './stored-maps'

export type VisitorSource = Pick<Emulator, 'visitors' | 'visitor' | 'eventsOf' | 'maps' | 'duplicates'>

export interface VisitorQuery {
  /** Part of the visitor code, or of a Segment id that is linked to it. Default: all visitors. */
  search?: string
  sort: VisitorOrder
  order: 'ascending' | 'descending'
  /** How many visitors at the beginning to leave out. */
  offset: number
  /** Most visitors to return. */
  limit: number
}

/** A visitor with what it can be sorted by. */
interface Row {
  code: string
  events: readonly VisitEvent[]
  /** In milliseconds. */
  seen: number
}

/**
 * The visitors that the emulator knows from visit events or from stored data, and how many match.
 * @param sources asked for the visitors that are returned only
 */
export function visitorList(emulator: VisitorSource, sources: EventSources, query: VisitorQuery): VisitorList {
  const rows = rowsOf(emulator, query.search ?? '')
  const sorted = inOrder(rows, query)
  const shown = sorted.slice(query.offset, query.offset + query.limit)
  return { visitors: shown.map((row) => summaryOf(row, sources)), total: rows.length }
}

function rowsOf(emulator: VisitorSource, search: string): Row[] {
  const maps = emulator.maps()
  const links = linksIn(maps)
  const written = lastWrites(maps, links)
  const codes = new Set([...emulator.visitors(), ...written.keys()])
  return [...codes].filter(searchFor(search, links)).map((code) => {
    const events = emulator.eventsOf(code)
    return { code, events, seen: Math.max(written.get(code) ?? 0, events[events.length - 1]?.at ?? 0) }
  })
}

/** When stored data of each visitor was last written. Data under a linked id counts for the visitor it is linked to. */
function lastWrites(maps: Record<string, StoredMap>, links: Map<string, string>): Map<string, number> {
  const written = new Map<string, number>()
  for (const [key, { writtenAt, fields }] of Object.entries(maps)) {
    const parts = partsOfKey(key)
    if (!parts || Object.values(fields).every((value) => value === null)) continue
    const code = links.get(parts.id) ?? parts.id
    written.set(code, Math.max(writtenAt, written.get(code) ?? 0))
  }
  return written
}

function searchFor(search: string, links: Map<string, string>): (code: string) => boolean {
  const wanted = search.trim().toLowerCase()
  if (wanted === '') return () => true
  const linked = new Set([...links].filter(([id]) => id.toLowerCase().includes(wanted)).map(([, code]) => code))
  return (code) => code.toLowerCase().includes(wanted) || linked.has(code)
}

const FIGURES: Record<Exclude<VisitorOrder, 'code'>, (row: Row) => number> = {
  lastSeen: ({ seen }) => seen,
  conversions: ({ events }) => events.filter(isConversion).length,
  revenue: ({ events }) => events.filter(isConversion).reduce((sum, event) => sum + (amountOf(event) ?? 0), 0)
}

/** Equal ones follow by the visitor code, so that pages of the list never repeat or leave out a visitor. */
function inOrder(rows: Row[], { sort, order }: VisitorQuery): Row[] {
  const direction = order === 'ascending' ? 1 : -1
  if (sort === 'code') return rows.sort((one, other) => direction * byCode(one, other))
  // Figures are counted once for each visitor, not for each comparison.
  const figures = rows.map((row) => ({ row, figure: FIGURES[sort](row) }))
  figures.sort((one, other) => direction * (one.figure - other.figure) || byCode(one.row, other.row))
  return figures.map(({ row }) => row)
}

function byCode({ code: one }: Row, { code: other }: Row): number {
  return one < other ? -1 : Number(one > other)
}

function summaryOf({ code, events, seen }: Row, sources: EventSources): VisitorSummary {
  return {
    visitorCode: code,
    conversions: events.filter(isConversion).length,
    amounts: amountsOf(events, sources),
    lastSeen: new Date(seen).toISOString()
  }
}
