import type { EventStatus, EventSummary } from '../../contract'

/** How many events the list holds while it is live; more are loaded on request. */
export const MOST_LIVE_EVENTS = 200

/** How many events one response of the workbench holds at most. */
export const MOST_AT_ONCE = 500

/** How many older events one click loads. */
export const OLDER_AT_ONCE = 200

/** Which events the list shows; empty text means all. */
export interface EventFilter {
  search: string
  status: EventStatus | ''
  type: string
  visitor: string
}

export const everyEvent: EventFilter = { search: '', status: '', type: '', visitor: '' }

export function isFiltered(filter: EventFilter): boolean {
  return Object.values(filter).some((value) => value !== '')
}

/** Whether the page can apply the filter itself. A text search needs fields that a summary does not have. */
export function canFilterHere(filter: EventFilter): boolean {
  return filter.search === ''
}

export function matches(filter: EventFilter, event: EventSummary): boolean {
  return (
    (filter.status === '' || filter.status === event.status) &&
    (filter.type === '' || filter.type === event.type) &&
    (filter.visitor === '' || filter.visitor === event.visitorCode)
  )
}

/** The events that the page has loaded, newest first, and the number of all events that match the filter. */
export interface EventList {
  events: EventSummary[]
  total: number
}

/**
 * Merges new summaries into a list: known events are updated, or removed when they no longer match the filter, and new
 * events are added on top. The list keeps at most `limit` events. The others can be loaded again.
 */
export function merged(
  list: EventList,
  updates: Iterable<EventSummary>,
  filter: EventFilter,
  limit: number
): EventList {
  const held = new Map(list.events.map((event) => [event.id, event]))
  const belongs = belongsTo(list)
  let { total } = list
  for (const event of updates) {
    const known = held.has(event.id)
    const shown = matches(filter, event) && (known || belongs(event))
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
