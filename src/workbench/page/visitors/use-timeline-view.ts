import { useLocation } from 'wouter'
import { placeIn } from '../parts/places'
import { useHash } from '../parts/unsaved'
import { timelineViewIn, type TimelineView } from './timeline-view'

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
