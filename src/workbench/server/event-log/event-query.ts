import type { EventStatus } from '../../contract'
import type { LiveEvent } from './live-event'

/** What events to list. */
export interface EventQuery {
  /** Found anywhere in the event, whatever its case. */
  search?: string
  status?: EventStatus
  type?: string
  visitor?: string
  /** Only events with a lower number. */
  before?: number
}

export function matchesQuery(event: LiveEvent, { search, status, type, visitor }: EventQuery): boolean {
  const { arrival } = event
  if (status !== undefined && event.status !== status) return false
  if (type !== undefined && arrival.type !== type) return false
  if (visitor !== undefined && arrival.visitorCode !== visitor) return false
  return !search || arrival.text.toLowerCase().includes(search.toLowerCase())
}
