import type { SegmentEvent } from '@segment/actions-core'

/** Where received events go. */
export interface EventSink {
  /**
   * Resolves once all of these events are durable. Calls keep their order.
   * @param signal whoever waits for it has given up; what is not yet on its way is forgotten
   * @throws FullError when there is no room; any other error when it cannot be said that they are durable
   */
  add(events: readonly SegmentEvent[], signal: AbortSignal): Promise<void>
}

/** The queue has no room for more events at present. */
export class FullError extends Error {
  readonly name = 'FullError'
}
