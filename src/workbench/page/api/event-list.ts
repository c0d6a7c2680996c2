import type { EventStatus, EventSummary } from '../../contract'

/** How many events the list holds while it is live; more are loaded on request. */
export const MOST_LIVE_EVENTS = 200

/** How many events the workbench tells at once. */
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

/** Only the workbench knows where a search looks; all else can be told from a summary. */
export function isDecidedHere(filter: EventFilter): boolean {
  return filter.search === ''
}

export function passes(filter: EventFilter, event: EventSummary): boolean {
  return (
    (filter.status === '' || filter.status === event.status) &&
    (filter.type === '' || filter.type === event.type) &&
    (filter.visitor === '' || filter.visitor === event.visitorCode)
  )
}

/** The part of the log that the page holds, newest first, and how many events pass the filter altogether. */
export interface EventList {
  events: EventSummary[]
  total: number
}

/**
 * Puts what the stream told into a list: known events change in place or leave, new ones come on top. The list keeps
 * at most `limit` events; what falls off the end can be loaded again.
 */
export function merged(list: EventList, news: Iterable<EventSummary>, filter: EventFilter, limit: number): EventList {
  const held = new Map(list.events.map((event) => [event.id, event]))
  const belongs = belongsTo(list)
  let { total } = list
  for (const event of news) {
    const known = held.has(event.id)
    const shown = passes(filter, event) && (known || belongs(event))
    if (shown) held.set(event.id, event)
    else held.delete(event.id)
    if (known !== shown) total += shown ? 1 : -1
  }
  const events = [...held.values()].sort((one, other) => other.number - one.number).slice(0, limit)
  return { events, total: Math.max(total, events.length) }
}

/** An event below the end of an incomplete list is counted already and would leave a gap above it. */
function belongsTo({ events, total }: EventList): (event: EventSummary) => boolean {
  const isComplete = events.length >= total
  const oldest = events.length > 0 ? events[events.length - 1].number : 0
  return (event) => isComplete || event.number > oldest
}
