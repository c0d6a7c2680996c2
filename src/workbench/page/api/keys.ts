import type { EventFilter } from '../events/event-filter'

/** What the cache calls the answers of the workbench. */
export const keys = {
  state: ['state'] as const,
  destination: ['destination'] as const,
  settings: ['settings'] as const,
  subscriptions: ['subscriptions'] as const,
  samples: ['samples'] as const,
  faults: ['faults'] as const,
  discarded: ['discarded'] as const,
  eventLists: ['event-list'] as const,
  eventList: (filter: EventFilter) => ['event-list', filter] as const,
  events: ['event'] as const,
  event: (id: string) => ['event', id] as const,
  visitorLists: ['visitor-list'] as const,
  visitorList: (search: string) => ['visitor-list', search] as const,
  visitors: ['visitor'] as const,
  visitor: (code: string) => ['visitor', code] as const
}
