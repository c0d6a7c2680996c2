import { useSessionStorage } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  Destination,
  Discarded,
  EventDetail,
  FaultSwitch,
  Sample,
  Settings,
  Subscription,
  VisitorDetail,
  VisitorSummary,
  WorkbenchState
} from '../../contract'
import {
  type EventFilter,
  type EventList,
  everyEvent,
  MOST_AT_ONCE,
  MOST_LIVE_EVENTS,
  OLDER_AT_ONCE
} from './event-list'
import { request, withQuery } from './request'

/** What the cache calls the answers of the workbench. */
export const keys = {
  state: ['state'] as const,
  destination: ['destination'] as const,
  settings: ['settings'] as const,
  subscriptions: ['subscriptions'] as const,
  samples: ['samples'] as const,
  faults: ['faults'] as const,
  discarded: ['discarded'] as const,
  eventLists: ['event-list'] as const,
  eventList: (filter: EventFilter) => ['event-list', filter] as const,
  events: ['event'] as const,
  event: (id: string) => ['event', id] as const,
  visitorLists: ['visitor-list'] as const,
  visitorList: (search: string) => ['visitor-list', search] as const,
  visitors: ['visitor'] as const,
  visitor: (code: string) => ['visitor', code] as const
}

const useAnswer = <Answer>(queryKey: readonly unknown[], path: string, enabled = true) =>
  useQuery({ queryKey, queryFn: () => request<Answer>('GET', path), enabled })

export const useWorkbenchState = () => useAnswer<WorkbenchState>(keys.state, 'state')
export const useDestination = () => useAnswer<Destination>(keys.destination, 'destination')
export const useSettings = () => useAnswer<Settings>(keys.settings, 'settings')
/** What is kept for a target that need not be the present one. */
export const settingsOf = (target: Settings['target']) => request<Settings>('GET', `settings?target=${target}`)
export const useSubscriptions = () => useAnswer<Subscription[]>(keys.subscriptions, 'subscriptions')
export const useSamples = () => useAnswer<Sample[]>(keys.samples, 'samples')
export const useDiscarded = () => useAnswer<Discarded[]>(keys.discarded, 'discarded')
export const useEventDetail = (id: string) => useAnswer<EventDetail>(keys.event(id), `events/${encodeURIComponent(id)}`)
/** Asks for nobody while the code is not known. */
export const useVisitor = (code: string | null) =>
  useAnswer<VisitorDetail>(keys.visitor(code ?? ''), `visitors/${encodeURIComponent(code ?? '')}`, code !== null)

export const useVisitors = (search: string) =>
  useQuery({
    queryKey: keys.visitorList(search),
    queryFn: () => request<VisitorSummary[]>('GET', withQuery('visitors', { search, limit: 200 })),
    placeholderData: (former) => former
  })

/** Hits of a fault come in without a word on the stream, so they are asked for while one is on. */
export const useFaults = () =>
  useQuery({
    queryKey: keys.faults,
    queryFn: () => request<FaultSwitch[]>('GET', 'faults'),
    refetchInterval: ({ state }) => (state.data?.some(({ on }) => on) ? 1_000 : false)
  })

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

/** The filter stays while other views are looked at, and over a reload. */
export function useEventFilter() {
  return useSessionStorage<EventFilter>({
    key: 'event-filter',
    defaultValue: everyEvent,
    getInitialValueInEffect: false
  })
}
