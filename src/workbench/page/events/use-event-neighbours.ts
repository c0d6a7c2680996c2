import { useLocation } from 'wouter'
import type { EventList } from '../api/event-list'
import { useNeighbours } from '../api/queries'
import { eventPlace } from '../parts/places'

export interface Neighbours {
  /** Id of the next newer event of the search; null when there is none, or it is not known yet. */
  newer: string | null
  older: string | null
  /** Opens an event in place of the open one. */
  go: (id: string | null) => void
}

/** The events beside the open one. The workbench is asked for those that the list has not loaded. */
export function useEventNeighbours(openId: string | undefined, { events, total }: EventList, q: string): Neighbours {
  const [, navigate] = useLocation()
  const here = events.findIndex(({ id }) => id === openId)
  const isAtEnd = here <= 0 || (here === events.length - 1 && events.length < total)
  const asked = useNeighbours(openId ?? '', q, openId !== undefined && isAtEnd).data
  const beside = (by: 1 | -1) => (here < 0 ? undefined : events.at(here + by < 0 ? events.length : here + by)?.id)
  return {
    newer: beside(-1) ?? asked?.newer ?? null,
    older: beside(1) ?? asked?.older ?? null,
    go: (id) => id !== null && navigate(eventPlace(id, q), { replace: true })
  }
}
