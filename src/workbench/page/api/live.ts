import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { EventSummary, WorkbenchState } from '../../contract'
import { canFilterHere, type EventList, merged, MOST_LIVE_EVENTS, queryOf } from './event-list'
import { heldAt } from './held'
import { keys } from './queries'

/** Merges the latest summaries into every event list, and reloads other queries that they change. */
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
  refreshOverview(client)
  if (summaries.some(({ status }) => status !== 'waiting')) settled(client)
}

function change(client: QueryClient, queryKey: QueryKey, summaries: EventSummary[]): void {
  // Only `keys.eventList` creates keys that start with `keys.eventLists`.
  const q = String(queryKey[1])
  const query = queryOf(q)
  const list = client.getQueryData<EventList>(queryKey)
  const isHeld = heldAt(q) !== null
  if (isHeld) refreshSoon(client, keys.newEvents)
  // With very many events at once, the stream reports only the last ones.
  if (!list || summaries.length > MOST_LIVE_EVENTS) return refreshSoon(client, queryKey)
  const takesNew = !isHeld && canFilterHere(query)
  const limit = Math.max(MOST_LIVE_EVENTS, list.events.length)
  client.setQueryData<EventList>(queryKey, merged(list, summaries, { query, takesNew, limit }))
  if (!canFilterHere(query)) refreshSoon(client, queryKey)
}

function settled(client: QueryClient): void {
  const changed = [keys.visitorLists, keys.visitors, keys.discarded, keys.replayForecasts]
  for (const queryKey of changed) refreshSoon(client, queryKey)
  // The real Kameleoon is asked only when the user says so.
  const state = client.getQueryData<WorkbenchState>(keys.state)
  if (state?.target.kind === 'emulator') refreshSoon(client, keys.visitorChecks)
}

/** Stores the new state, and reloads faults and settings when it shows that they changed. */
export function takeState(client: QueryClient, state: WorkbenchState): void {
  const before = client.getQueryData<WorkbenchState>(keys.state)
  client.setQueryData(keys.state, state)
  if (before?.faults.join() !== state.faults.join()) void client.invalidateQueries({ queryKey: keys.faults })
  if (before?.target.kind === state.target.kind) return
  for (const queryKey of [keys.settings, keys.visitorChecks]) void client.invalidateQueries({ queryKey })
}

export function takeCleared(client: QueryClient): void {
  client.setQueriesData<EventList>({ queryKey: keys.eventLists }, { events: [], total: 0 })
  refreshSoon(client, keys.eventLists)
  refreshOverview(client)
  settled(client)
}

export function takeSaved(client: QueryClient): void {
  const changed = [keys.state, keys.subscriptions, keys.settings, keys.replayForecasts]
  for (const queryKey of changed) void client.invalidateQueries({ queryKey })
}

/** Milliseconds between two reloads of the same query, however many changes arrive. */
const RELOAD_INTERVAL = 400

const waiting = new Map<string, QueryKey>()
let timer: ReturnType<typeof setTimeout> | undefined

/** Reloads the queries of a key after a short delay, if they are shown on the page. */
function refreshSoon(client: QueryClient, key: QueryKey): void {
  waiting.set(JSON.stringify(key), key)
  timer ??= setTimeout(() => {
    timer = undefined
    const keys = [...waiting.values()]
    waiting.clear()
    for (const queryKey of keys) void client.invalidateQueries({ queryKey })
  }, RELOAD_INTERVAL)
}

/** Milliseconds between two reloads of the overview, which sums up everything and need not follow every event. */
const OVERVIEW_INTERVAL = 1_000

let overviewTimer: ReturnType<typeof setTimeout> | undefined

function refreshOverview(client: QueryClient): void {
  overviewTimer ??= setTimeout(() => {
    overviewTimer = undefined
    void client.invalidateQueries({ queryKey: keys.overviews })
  }, OVERVIEW_INTERVAL)
}

/** The number of events received before the list was paused; null while it is not paused. */
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
