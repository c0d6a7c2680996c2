import type { Overview } from '../../contract'
import type { LiveEvent } from './live-event'

/** What Kameleoon did with an event as a whole. */
export type Kept = keyof Overview['kameleoon']

/**
 * What Kameleoon did with an event; null while it is not delivered and nothing of it was discarded. Stored data is written again
 * by every event, so an event is judged by its visit events where it has any.
 */
export function keptOf({ parts, status, discarded }: LiveEvent): Kept | null {
  if (discarded > 0) return 'discarded'
  if (status !== 'delivered') return null
  const visitEvents = parts.filter(({ what }) => what !== 'map')
  const kinds = new Set((visitEvents.length > 0 ? visitEvents : parts).map(({ kind }) => kind))
  if (kinds.has('kept')) return 'kept'
  if (kinds.has('sent')) return 'unknown'
  return kinds.has('duplicate') ? 'duplicate' : 'nothing'
}
