import type { EventLog } from '../event-log/event-log'
import type { LiveEvent } from '../event-log/live-event'

/** The kept events that match the query of the list, oldest first. */
export function matchingEvents(events: EventLog, q: string): LiveEvent[] {
  return events.all().filter(({ arrival }) => arrival.text.toLowerCase().includes(q.toLowerCase()))
}
