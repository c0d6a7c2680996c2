import type { TimelineEntry } from '../../contract'

/** What of a timeline is shown, and in which order. */
export interface TimelineView {
  /** Only this kind; undefined for everything. */
  kind: TimelineEntry['kind'] | undefined
  order: 'newest' | 'oldest'
}

const KINDS: TimelineEntry['kind'][] = ['conversion', 'page', 'custom-data', 'stored', 'audience', 'link', 'other']

/** Reads what stands behind the question mark of the address. */
export function timelineViewIn(text: string): TimelineView {
  const given = new URLSearchParams(text)
  return {
    kind: KINDS.find((kind) => kind === given.get('show')),
    order: given.get('order') === 'oldest' ? 'oldest' : 'newest'
  }
}

/** @param timeline the latest first */
export function entriesOf(timeline: TimelineEntry[], { kind, order }: TimelineView): TimelineEntry[] {
  const shown = timeline.filter((entry) => kind === undefined || entry.kind === kind)
  return order === 'newest' ? shown : shown.reverse()
}
