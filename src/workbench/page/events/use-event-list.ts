import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { keys } from '../api/keys'
import { request, withQuery } from '../api/request'
import type { EventFilter } from './event-filter'
import type { EventList } from './event-list'
import { MOST_AT_ONCE, MOST_LIVE_EVENTS, OLDER_AT_ONCE } from './limits'

const read = (filter: EventFilter, limit: number, before?: number) =>
  request<EventList>('GET', withQuery('events', { ...filter, limit, before }))

/** The list of a filter, which the stream keeps current. */
export function useEventList(filter: EventFilter) {
  const client = useQueryClient()
  const queryKey = keys.eventList(filter)
  return useQuery({
    queryKey,
    queryFn: () => {
      // Older events that were loaded stay as far as one answer can hold them.
      const held = client.getQueryData<EventList>(queryKey)?.events.length ?? 0
      return read(filter, Math.min(Math.max(held, MOST_LIVE_EVENTS), MOST_AT_ONCE))
    },
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
