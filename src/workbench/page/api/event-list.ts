import type { EventSummary } from '../../contract'
import {
  type EventQuery,
  type EventTerm,
  EVERY_EVENT,
  factMatches,
  queryHolds,
  readEventQuery
} from '../../contract/event-query'

/** How many events the list holds while it is live; more are loaded as the user scrolls. */
export const MOST_LIVE_EVENTS = 200

/** How many events one response of the workbench holds at most. */
export const MOST_AT_ONCE = 500

/** How many older events are loaded at a time. */
export const OLDER_AT_ONCE = 500

/** The search that all events match. */
export const everyEvent = ''

/** The conditions of a search. One that cannot be read is never asked for, so it has none. */
export function queryOf(q: string): EventQuery {
  const read = readEventQuery(q)
  return read.kind === 'query' ? read.query : EVERY_EVENT
}

/** Whether the page can apply the search to a new event. Some conditions need what a summary does not have. */
export function canFilterHere({ terms }: EventQuery): boolean {
  return terms.every(({ kind }) => kind !== 'text' && kind !== 'goal' && kind !== 'mapping')
}

/** Whether an event matches, as far as a summary tells. */
export function matches(query: EventQuery, event: EventSummary): boolean {
  const facts = { ...event, receivedAt: Date.parse(event.receivedAt) }
  return queryHolds(query, (term: EventTerm) => factMatches(term, facts) ?? true)
}

/** The events that the page has loaded, newest first, and the number of all events that match the search. */
export interface EventList {
  events: EventSummary[]
  total: number
}

interface MergeOptions {
  query: EventQuery
  /** Whether new events are added on top. */
  takesNew: boolean
  /** The list keeps at most so many events; the others can be loaded again. */
  limit: number
}

/**
 * Merges new summaries into a list: known events are updated, or removed when they no longer match the search, and new
 * events are added on top.
 */
export function merged(list: EventList, updates: EventSummary[], { query, takesNew, limit }: MergeOptions): EventList {
  const held = new Map(list.events.map((event) => [event.id, event]))
  const belongs = belongsTo(list)
  const relevant = updates.filter((event) => held.has(event.id) || (takesNew && belongs(event)))
  if (relevant.length === 0) return list
  let { total } = list
  for (const event of relevant) {
    const known = held.has(event.id)
    const shown = matches(query, event)
    if (shown) held.set(event.id, event)
    else held.delete(event.id)
    if (known !== shown) total += shown ? 1 : -1
  }
  const events = [...held.values()].sort((one, other) => other.number - one.number).slice(0, limit)
  return { events, total: Math.max(total, events.length) }
}

/** An event older than the last one of an incomplete list is not added: it is already counted, and events between would be missing. */
function belongsTo({ events, total }: EventList): (event: EventSummary) => boolean {
  const isComplete = events.length >= total
  const oldest = events.length > 0 ? events[events.length - 1].number : 0
  return (event) => isComplete || event.number > oldest
}

/** A list with older events at its end. `after` is the number of the event that they were loaded after. */
export function withOlder(list: EventList | undefined, older: EventList, after: number): EventList | undefined {
  // The list was replaced in the meantime, and events between would be missing.
  if (list?.events.at(-1)?.number !== after) return list
  const events = [...list.events, ...older.events]
  // What is missing at the end is no longer kept by the workbench.
  return { events, total: older.events.length === 0 ? events.length : Math.max(list.total, events.length) }
}

/** The first events of a list as they are now, with the later ones that were loaded before. */
export function withFirst(list: EventList | undefined, first: EventList): EventList {
  const last = first.events.at(-1)?.number ?? 0
  const later = list?.events.filter(({ number }) => number < last) ?? []
  return first.events.length < MOST_AT_ONCE ? first : { ...first, events: [...first.events, ...later] }
}
