import { useLocation } from 'wouter'
import { readEventQuery } from '../../contract/event-query'
import { eventListPlace, queryIn } from '../parts/places'
import { useHash } from '../parts/unsaved'

export interface EventSearch {
  /** The search in the address. */
  q: string
  /** What is wrong with it; null when it can be done. */
  problem: string | null
  /** Changes the address. While a word is being typed, one entry in the history of the browser is enough. */
  change: (q: string, options?: { replace?: boolean }) => void
}

/** The search of the list of events. It stands in the address, so that it can be reloaded, gone back to and passed on. */
export function useEventSearch(): EventSearch {
  const q = useHash(queryIn)
  const [, navigate] = useLocation()
  const read = readEventQuery(q)
  return {
    q,
    problem: read.kind === 'problem' ? read.message : null,
    change: (next, options) => navigate(eventListPlace(next.trim()), options)
  }
}
