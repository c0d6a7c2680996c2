import { useInfiniteQuery } from '@tanstack/react-query'
import type { DynamicChoices } from '../../../contract'
import { request } from '../../api/request'

interface Wanted {
  action: string
  path: string
  mapping: Record<string, unknown>
  query: string
  /** Kameleoon is asked only once somebody looks. */
  isWanted: boolean
}

/** What Kameleoon has to choose from, page by page. */
export function useLiveChoices({ action, path, mapping, query, isWanted }: Wanted) {
  return useInfiniteQuery({
    queryKey: ['choices', action, path, query],
    queryFn: ({ pageParam }) =>
      request<DynamicChoices>('POST', `actions/${encodeURIComponent(action)}/choices`, {
        path,
        ...(query && { query }),
        ...(pageParam && { page: pageParam }),
        mapping
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextPage }) => nextPage,
    enabled: isWanted,
    placeholderData: (former) => former,
    staleTime: 20_000
  })
}
