import type { Conversion, Emulator, StoredMap } from '../../../emulator'
import type { VisitorSummary } from '../../contract'
import { partsOfKey } from './stored-maps'
import { linksIn } from '../../../segment-host'

export type VisitorSource = Pick<Emulator, 'visitors' | 'visitor' | 'maps' | 'duplicates'>

interface VisitorQuery {
  /** Part of the visitor code, or of a Segment id that is linked to it. Default: all visitors. */
  search?: string
  /** Most visitors to return. */
  limit: number
}

/** The visitors that the emulator knows from visit events or from stored data, latest first. */
export function visitorSummaries(emulator: VisitorSource, { search = '', limit }: VisitorQuery): VisitorSummary[] {
  const maps = emulator.maps()
  const links = linksIn(maps)
  const written = lastWrites(maps, links)
  const fits = searchFor(search, links)
  // Each list is sorted by time, so the latest of both together are among the latest of each.
  const visited = emulator.visitors().reverse().filter(fits).slice(0, limit)
  const stored = [...written.keys()].filter(fits).sort((a, b) => (written.get(b) ?? 0) - (written.get(a) ?? 0))
  const codes = new Set([...visited, ...stored.slice(0, limit)])
  return [...codes]
    .map((code) => summaryOf(code, emulator, written.get(code) ?? 0))
    .sort((a, b) => b.seen - a.seen)
    .slice(0, limit)
    .map(({ summary }) => summary)
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
  const linked = new Set([...links].filter(([id]) => id.toLowerCase().includes(wanted)).map(([, code]) => code))
  return (code) => code.toLowerCase().includes(wanted) || linked.has(code)
}

function summaryOf(visitorCode: string, emulator: VisitorSource, written: number) {
  const { conversions = [], events = [] } = emulator.visitor(visitorCode) ?? {}
  const seen = Math.max(written, events[events.length - 1]?.at ?? 0)
  const lastSeen = new Date(seen).toISOString()
  return { seen, summary: { visitorCode, conversions: conversions.length, revenue: revenueOf(conversions), lastSeen } }
}

/** The sum of all amounts, less those of negative conversions, rounded to hundredths. */
function revenueOf(conversions: Conversion[]): number {
  const sum = conversions.reduce((all, { revenue, negative }) => all + (negative ? -revenue : revenue), 0)
  return Math.round(sum * 100) / 100
}
