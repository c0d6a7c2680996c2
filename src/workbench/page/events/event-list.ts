import type { EventSummary } from '../../contract'
import { passes, type EventFilter } from './event-filter'

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
