import { useCallback } from 'react'
import { useLocation } from 'wouter'
import { placeIn } from '../parts/places'
import { useHash } from '../parts/unsaved'
import { visitorListPlace, visitorSearchIn, type VisitorSearch } from './visitor-search'

/** The search of the address, and how to change a part of it. Another search or order begins at the first page. */
export function useVisitorSearch() {
  const current = visitorSearchIn(useHash((hash) => placeIn(hash).search))
  const [, navigate] = useLocation()
  const change = useCallback(
    (part: Partial<VisitorSearch>, replace = false) => {
      const before = visitorSearchIn(placeIn(location.hash).search)
      navigate(visitorListPlace({ ...before, page: 1, ...part }), { replace })
    },
    [navigate]
  )
  return { current, change }
}
