import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { SeenEvents, SeenPath } from '../../contract'
import { useWorkbenchState } from '../api/queries'
import { request } from '../api/request'

/**
 * Which of the events seen a filter takes, and what they contain; asked again when events come in.
 * @param filter a valid filter, empty text for all events, or null to ask for nothing
 */
export function useSeenEvents(filter: string | null): SeenEvents | undefined {
  const received = useWorkbenchState().data?.counts.received ?? 0
  const [wanted] = useDebouncedValue(filter, 250)
  // While thousands of events come in, the work of asking for them is done about once in two seconds.
  const [settled] = useDebouncedValue(received, 500, { leading: true })
  const answer = useQuery({
    queryKey: ['seen-events', wanted, settled],
    queryFn: () => request<SeenEvents>('POST', 'subscriptions/seen', { subscribe: wanted }),
    enabled: wanted !== null,
    placeholderData: (previous) => previous,
    gcTime: 10_000
  })
  return filter === null ? undefined : answer.data
}

/** The paths of the events that the mapping's filter takes; empty when it takes none. */
const SeenPaths = createContext<SeenPath[]>([])

export const SeenPathsProvider = SeenPaths.Provider
export const useSeenPaths = (): SeenPath[] => useContext(SeenPaths)

/** Whether the events that the filter takes are known and none of them has this path. */
export function isUnseen(path: string, paths: SeenPath[]): boolean {
  const place = path.trim().replace(/\[\d+\]/g, '[0]')
  // Of incomplete paths and of names in quotes nothing is known.
  if (paths.length === 0 || !/^\$\.[^'"]*[^'".]$/.test(place)) return false
  return !paths.some((seen) => seen.path === place)
}

/** The values of a path in words, as in `"gold", 49.9`. */
export function valuesInWords({ values }: Pick<SeenPath, 'values'>): string {
  return values.map((value) => JSON.stringify(value)).join(', ')
}
