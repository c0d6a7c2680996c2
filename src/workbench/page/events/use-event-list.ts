import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { keys } from '../api/keys'
import { request, withQuery } from '../api/request'
import type { EventFilter } from './event-filter'
import type { EventList } from './event-list'
import { MOST_LIVE_EVENTS, OLDER_AT_ONCE } from './limits'

const read = (filter: EventFilter, limit: number, before?: number) =>
  request<EventList>('GET', withQuery('events', { ...filter, limit, before }))

/** The list of a filter, which the stream keeps current. */
export function useEventList(filter: EventFilter) {
  return useQuery({
    queryKey: keys.eventList(filter),
    queryFn: () => read(filter, MOST_LIVE_EVENTS),
    placeholderData: (former) => former,
    // Another filter's list misses what came while it was not shown.
    gcTime: 0
  })
}

/** Adds older events to the end of a list. */
export function useOlderEvents(filter: EventFilter) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (before: number) => read(filter, OLDER_AT_ONCE, before),
    onSuccess: (older) =>
      client.setQueryData<EventList>(keys.eventList(filter), (list) => {
        const held = list?.events ?? []
        const ids = new Set(held.map(({ id }) => id))
        return {
          total: list?.total ?? older.total,
          events: [...held, ...older.events.filter(({ id }) => !ids.has(id))]
        }
      })
  })
}
