import type { EventSource } from '../../contract'
import type { EventLog } from '../event-log/event-log'
import type { LiveEvent } from '../event-log/live-event'

/** The Segment events that visit events were made of, by nonce. */
export interface EventSources {
  sourceOf(nonce: string): EventSource
  /** The currency that the event names; null when it names none. */
  currencyOf(nonce: string): string | null
}

/** The event as the page names it and links to it. */
export function sourceOf({ id, arrival: { name, type } }: LiveEvent): NonNullable<EventSource> {
  return { id, name: name || `${type} call` }
}

/** Reads from the log which events sent which visit events. */
export function eventSources(log: Pick<EventLog, 'all'>): EventSources {
  const events = new Map<string, LiveEvent>()
  for (const event of log.all()) {
    for (const { batch, position } of event.traces.flatMap(({ attempts }) => attempts)) {
      // A replay has the same nonces. Kameleoon keeps the first one.
      for (const nonce of batch.parts[position].nonces) if (!events.has(nonce)) events.set(nonce, event)
    }
  }
  return {
    sourceOf: (nonce) => {
      const event = events.get(nonce)
      return event ? sourceOf(event) : null
    },
    currencyOf: (nonce) => events.get(nonce)?.arrival.currency ?? null
  }
}
