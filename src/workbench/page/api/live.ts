import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { EventSummary, WorkbenchState } from '../../contract'
import { type EventFilter, type EventList, isDecidedHere, merged, MOST_LIVE_EVENTS } from './event-list'
import { keys } from './queries'

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

/** Many changes at once are asked about once, after the last of them too. */
const AT_MOST_EVERY = 400

const waiting = new Map<string, QueryKey>()
let timer: ReturnType<typeof setTimeout> | undefined

/** Has the answers under a key asked for again in a moment, as far as they are on the page. */
function refreshSoon(client: QueryClient, key: QueryKey): void {
  waiting.set(JSON.stringify(key), key)
  timer ??= setTimeout(() => {
    timer = undefined
    const keys = [...waiting.values()]
    waiting.clear()
    for (const queryKey of keys) void client.invalidateQueries({ queryKey })
  }, AT_MOST_EVERY)
}

/** How many events had come when the list was paused; null while it runs. */
type Pause = number | null

const listeners = new Set<() => void>()
let pause: Pause = null

export function isPaused(): boolean {
  return pause !== null
}

export function setPause(next: Pause): void {
  pause = next
  for (const listener of listeners) listener()
}

export function usePause(): Pause {
  return useSyncExternalStore(subscribe, () => pause)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
