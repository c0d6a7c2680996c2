import type { SegmentEvent } from '@segment/actions-core'

/** An event as it was written in its source: the text, and the line it stood on (counted from 1). */
export interface HeldEvent {
  line: number
  text: string
  /** Length of the text in bytes of UTF-8. */
  bytes: number
}

/** A line that holds an event. */
export interface EventLine extends HeldEvent {
  kind: 'event'
  event: SegmentEvent
}

/** A line that holds none, with the reason; `text` is null when the line was too long to keep. */
export interface UnreadableLine {
  kind: 'unreadable'
  line: number
  text: string | null
  reason: string
}

export type SourceLine = EventLine | UnreadableLine
