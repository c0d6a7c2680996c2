import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  Destination,
  Discarded,
  EventDetail,
  FaultSwitch,
  Overview,
  OverviewWindow,
  Sample,
  Settings,
  Subscription,
  VisitorCheck,
  VisitorDetail,
  VisitorSummary,
  WorkbenchState
} from '../../contract'
import { type EventList, MOST_AT_ONCE, MOST_LIVE_EVENTS, OLDER_AT_ONCE, withFirst, withOlder } from './event-list'
import { heldAt } from './held'
import { request, withQuery } from './request'

/** Keys of the query cache. */
export const keys = {
  state: ['state'] as const,
  overviews: ['overview'] as const,
  overview: (window: OverviewWindow) => ['overview', window] as const,
  destination: ['destination'] as const,
  settings: ['settings'] as const,
  subscriptions: ['subscriptions'] as const,
  samples: ['samples'] as const,
  suggestions: ['suggestions'] as const,
  faults: ['faults'] as const,
  discarded: ['discarded'] as const,
  eventLists: ['event-list'] as const,
  eventList: (q: string) => ['event-list', q] as const,
  newEvents: ['new-events'] as const,
  events: ['event'] as const,
  event: (id: string) => ['event', id] as const,
  visitorLists: ['visitor-list'] as const,
  visitorList: (search: string) => ['visitor-list', search] as const,
  visitors: ['visitor'] as const,
  visitor: (code: string) => ['visitor', code] as const,
  visitorChecks: ['visitor-check'] as const,
  visitorCheck: (code: string) => ['visitor-check', code] as const,
  replayForecasts: ['replay-forecast'] as const,
  replayForecast: (q: string) => ['replay-forecast', 'many', q] as const,
  eventReplayForecast: (id: string) => ['replay-forecast', 'event', id] as const
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
export const useEventDetail = (id: string, enabled = true) =>
  useResponse<EventDetail>(keys.event(id), `events/${encodeURIComponent(id)}`, enabled)
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

/** The event stream reports changes; beside them, time goes on and the steps with it. */
export const useOverview = (window: OverviewWindow) =>
  useQuery({
    queryKey: keys.overview(window),
    queryFn: () => request<Overview>('GET', withQuery('overview', { window })),
    placeholderData: (previous) => previous,
    refetchInterval: 15_000,
    refetchOnMount: 'always'
  })

/** The event stream does not report hits of a fault, so they are requested every second while a fault is on. */
export const useFaults = () =>
  useQuery({
    queryKey: keys.faults,
    queryFn: () => request<FaultSwitch[]>('GET', 'faults'),
    refetchInterval: ({ state }) => (state.data?.some(({ on }) => on) ? 1_000 : false)
  })

interface EventRange {
  limit: number
  /** Only events with a lower or a higher number. */
  before?: number
  above?: number
}

const readEvents = (q: string, range: EventRange) => request<EventList>('GET', withQuery('events', { q, ...range }))

/** How many events match a search. */
export const countEvents = async (q: string) => (await readEvents(q, { limit: 1 })).total

/** The events that match a search, the newest first. The event stream keeps the list up to date. */
export function useEventList(q: string, enabled = true) {
  const client = useQueryClient()
  const queryKey = keys.eventList(q)
  return useQuery({
    queryKey,
    queryFn: async () => {
      const list = client.getQueryData<EventList>(queryKey)
      const top = heldAt(q)
      if (top !== null) return withFirst(list, await readEvents(q, { limit: MOST_AT_ONCE, before: top + 1 }))
      return readEvents(q, { limit: Math.min(Math.max(list?.events.length ?? 0, MOST_LIVE_EVENTS), MOST_AT_ONCE) })
    },
    enabled,
    placeholderData: (previous) => previous,
    // The list of another search is not updated while it is not shown, so it is not kept.
    gcTime: 0
  })
}

/** How many events came in above the list while it was held. */
export function useNewEvents(q: string, top: number | null): number {
  const { data } = useQuery({
    queryKey: [...keys.newEvents, q, top],
    queryFn: async () => (await readEvents(q, { limit: 1, above: top ?? 0 })).total,
    enabled: top !== null,
    gcTime: 0
  })
  return top === null ? 0 : (data ?? 0)
}

/** Adds older events to the end of a list. */
export function useOlderEvents(q: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (before: number) => readEvents(q, { limit: OLDER_AT_ONCE, before }),
    onSuccess: (older, before) =>
      client.setQueryData<EventList>(keys.eventList(q), (list) => withOlder(list, older, before))
  })
}

interface Neighbours {
  newer: string | null
  older: string | null
}

/** The events before and after an event that the list has not loaded. */
export const useNeighbours = (id: string, q: string, enabled: boolean) =>
  useQuery({
    queryKey: ['neighbours', id, q],
    queryFn: () => request<Neighbours>('GET', withQuery(`events/${encodeURIComponent(id)}/neighbours`, { q })),
    enabled,
    staleTime: 0,
    gcTime: 0
  })
