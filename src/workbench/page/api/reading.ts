import { useQuery } from '@tanstack/react-query'
import type {
  Destination,
  EventDetail,
  FaultSwitch,
  Sample,
  Settings,
  Subscription,
  Discarded,
  VisitorDetail,
  VisitorSummary,
  WorkbenchState
} from '../../contract'
import { keys } from './keys'
import { request, withQuery } from './request'

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
