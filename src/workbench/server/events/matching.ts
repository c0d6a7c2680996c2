import { readEventQuery } from '../../contract/event-query'
import { RequestError } from '../api'
import type { EventLog } from '../event-log/event-log'
import type { LiveEvent } from '../event-log/live-event'

/**
 * The kept events that match a search of the list, oldest first.
 * @throws RequestError when the search cannot be read
 */
export async function matchingEvents(events: EventLog, q: string): Promise<LiveEvent[]> {
  const read = readEventQuery(q)
  if (read.kind === 'problem') throw new RequestError(400, read.message)
  return (await events.matching(read.query)).reverse()
}
