import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { EventSummary, WorkbenchState } from '../../contract'
import { isDecidedHere, type EventFilter } from '../events/event-filter'
import { merged, type EventList } from '../events/event-list'
import { MOST_LIVE_EVENTS } from '../events/limits'
import { isPaused } from '../events/pause'
import { keys } from './keys'
import { refreshSoon } from './refresh-soon'

/** Puts the latest summaries into every event list, and has the rest asked for again where it is on the page. */
export function takeSummaries(client: QueryClient, summaries: EventSummary[]): void {
  const changed = new Set(summaries.map(({ id }) => id))
  void client.invalidateQueries({
    queryKey: keys.events,
    predicate: ({ queryKey }) => changed.has(String(queryKey[1]))
  })
  if (!isPaused()) {
    const lists = client.getQueryCache().findAll({ queryKey: keys.eventLists })
    for (const { queryKey } of lists) change(client, queryKey, summaries)
  }
  if (summaries.some(({ status }) => status !== 'waiting')) settled(client)
}

function change(client: QueryClient, queryKey: QueryKey, summaries: EventSummary[]): void {
  // Only `keys.eventList` makes keys of this beginning.
  const filter = queryKey[1] as EventFilter
  const list = client.getQueryData<EventList>(queryKey)
  // Of very many events at once the stream tells only the last ones.
  if (!list || !isDecidedHere(filter) || summaries.length > MOST_LIVE_EVENTS) return refreshSoon(client, queryKey)
  const limit = Math.max(MOST_LIVE_EVENTS, list.events.length)
  client.setQueryData<EventList>(queryKey, merged(list, summaries, filter, limit))
}

function settled(client: QueryClient): void {
  for (const queryKey of [keys.visitorLists, keys.visitors, keys.discarded]) refreshSoon(client, queryKey)
}

/** The state comes with the stream; a change of what is on or kept makes other answers old. */
export function takeState(client: QueryClient, state: WorkbenchState): void {
  const before = client.getQueryData<WorkbenchState>(keys.state)
  client.setQueryData(keys.state, state)
  if (before?.faults.join() !== state.faults.join()) void client.invalidateQueries({ queryKey: keys.faults })
  if (before?.target.kind !== state.target.kind) void client.invalidateQueries({ queryKey: keys.settings })
}

export function takeCleared(client: QueryClient): void {
  client.setQueriesData<EventList>({ queryKey: keys.eventLists }, { events: [], total: 0 })
  refreshSoon(client, keys.eventLists)
  settled(client)
}

export function takeSaved(client: QueryClient): void {
  for (const queryKey of [keys.state, keys.subscriptions, keys.settings]) void client.invalidateQueries({ queryKey })
}
