import type { QueryClient } from '@tanstack/react-query'
import type { EventSummary, WorkbenchState } from '../../contract'
import { isDecidedHere, type EventFilter } from '../events/event-filter'
import { merged, type EventList } from '../events/event-list'
import { isPaused, noteMissed } from '../events/pause'
import { MOST_LIVE_EVENTS } from '../events/limits'
import { keys } from './keys'

/** Puts the latest summaries into every event list, and has the rest asked again where it is on the page. */
export function takeSummaries(client: QueryClient, summaries: EventSummary[]): void {
  const changed = new Set(summaries.map(({ id }) => id))
  void client.invalidateQueries({
    queryKey: keys.events,
    predicate: ({ queryKey }) => changed.has(String(queryKey[1]))
  })
  if (isPaused()) noteMissed(summaries)
  else {
    const lists = client.getQueryCache().findAll({ queryKey: keys.eventLists })
    for (const { queryKey } of lists) refresh(client, queryKey, summaries)
  }
  if (summaries.some(({ status }) => status !== 'waiting')) settled(client)
}

function refresh(client: QueryClient, queryKey: readonly unknown[], summaries: EventSummary[]): void {
  // Only `keys.eventList` makes keys of this beginning.
  const filter = queryKey[1] as EventFilter
  const list = client.getQueryData<EventList>(queryKey)
  if (!list || !isDecidedHere(filter)) {
    void client.invalidateQueries({ queryKey }, { cancelRefetch: false })
    return
  }
  const limit = Math.max(MOST_LIVE_EVENTS, list.events.length)
  client.setQueryData<EventList>(queryKey, merged(list, summaries, filter, limit))
}

function settled(client: QueryClient): void {
  for (const queryKey of [keys.visitorLists, keys.visitors, keys.thrownAway]) {
    void client.invalidateQueries({ queryKey }, { cancelRefetch: false })
  }
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
  void client.invalidateQueries({ queryKey: keys.eventLists })
  settled(client)
}

export function takeSaved(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: keys.state })
  void client.invalidateQueries({ queryKey: keys.subscriptions })
  void client.invalidateQueries({ queryKey: keys.settings })
}
