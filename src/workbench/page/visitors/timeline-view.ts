import { useLocation } from 'wouter'
import type { TimelineEntry } from '../../contract'
import { placeIn } from '../parts/places'
import { useHash } from '../parts/unsaved'

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

/** The view of the address, and how to change a part of it. */
export function useTimelineView() {
  const hash = useHash((whole) => whole)
  const { path, search } = placeIn(hash)
  const view = timelineViewIn(search)
  const [, navigate] = useLocation()
  const change = (part: Partial<TimelineView>) => {
    const { kind, order } = { ...view, ...part }
    const parts = new URLSearchParams({ ...(kind && { show: kind }), ...(order === 'oldest' && { order }) })
    navigate(parts.size === 0 ? path : `${path}?${parts}`, { replace: true })
  }
  return { view, change }
}
