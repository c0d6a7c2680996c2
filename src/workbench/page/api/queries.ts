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
  VisitorCheck,
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

/** Keys of the query cache. */
export const keys = {
  state: ['state'] as const,
  destination: ['destination'] as const,
  settings: ['settings'] as const,
  subscriptions: ['subscriptions'] as const,
  samples: ['samples'] as const,
  suggestions: ['suggestions'] as const,
  faults: ['faults'] as const,
  discarded: ['discarded'] as const,
  eventLists: ['event-list'] as const,
  eventList: (filter: EventFilter) => ['event-list', filter] as const,
  events: ['event'] as const,
  event: (id: string) => ['event', id] as const,
  visitorLists: ['visitor-list'] as const,
  visitorList: (search: string) => ['visitor-list', search] as const,
  visitors: ['visitor'] as const,
  visitor: (code: string) => ['visitor', code] as const,
  visitorChecks: ['visitor-check'] as const,
  visitorCheck: (code: string) => ['visitor-check', code] as const
}

const useResponse = <Answer>(queryKey: readonly unknown[], path: string, enabled = true) =>
  useQuery({ queryKey, queryFn: () => request<Answer>('GET', path), enabled })

export const useWorkbenchState = () => useResponse<WorkbenchState>(keys.state, 'state')
export const useDestination = () => useResponse<Destination>(keys.destination, 'destination')
export const useSettings = () => useResponse<Settings>(keys.settings, 'settings')
/** The saved settings of a target, which may differ from the current target. */
export const settingsOf = (target: Settings['target']) => request<Settings>('GET', `settings?target=${target}`)
export const useSubscriptions = () => useResponse<Subscription[]>(keys.subscriptions, 'subscriptions')
export const useSamples = () => useResponse<Sample[]>(keys.samples, 'samples')
export const useDiscarded = () => useResponse<Discarded[]>(keys.discarded, 'discarded')
export const useEventDetail = (id: string) =>
  useResponse<EventDetail>(keys.event(id), `events/${encodeURIComponent(id)}`)
/** Sends no request while the visitor code is null. */
export const useVisitor = (code: string | null) =>
  useResponse<VisitorDetail>(keys.visitor(code ?? ''), `visitors/${encodeURIComponent(code ?? '')}`, code !== null)

/** Asks Kameleoon each time it is shown: what Kameleoon has changes without an event of the workbench. */
export const useVisitorCheck = (code: string) =>
  useQuery({
    queryKey: keys.visitorCheck(code),
    queryFn: () => request<VisitorCheck>('GET', `visitors/${encodeURIComponent(code)}/check`),
    refetchOnMount: 'always'
  })

export const useVisitors = (search: string) =>
  useQuery({
    queryKey: keys.visitorList(search),
    queryFn: () => request<VisitorSummary[]>('GET', withQuery('visitors', { search, limit: 200 })),
    placeholderData: (previous) => previous
  })

/** The event stream does not report hits of a fault, so they are requested every second while a fault is on. */
export const useFaults = () =>
  useQuery({
    queryKey: keys.faults,
    queryFn: () => request<FaultSwitch[]>('GET', 'faults'),
    refetchInterval: ({ state }) => (state.data?.some(({ on }) => on) ? 1_000 : false)
  })

const read = (filter: EventFilter, limit: number, before?: number) =>
  request<EventList>('GET', withQuery('events', { ...filter, limit, before }))

/** The events that match a filter. The event stream keeps the list up to date. */
export function useEventList(filter: EventFilter) {
  const client = useQueryClient()
  const queryKey = keys.eventList(filter)
  return useQuery({
    queryKey,
    queryFn: () => {
      // Older events that were loaded stay in the list, up to the limit of one response.
      const held = client.getQueryData<EventList>(queryKey)?.events.length ?? 0
      return read(filter, Math.min(Math.max(held, MOST_LIVE_EVENTS), MOST_AT_ONCE))
    },
    placeholderData: (previous) => previous,
    // The list of another filter is not updated while it is not shown, so it is not kept.
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

/** The filter is kept when the user opens another view or reloads the page. */
export function useEventFilter() {
  return useSessionStorage<EventFilter>({
    key: 'event-filter',
    defaultValue: everyEvent,
    getInitialValueInEffect: false
  })
}
