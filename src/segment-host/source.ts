import type { SegmentEvent } from '@segment/actions-core'

/** Where a line stands, in its file and among all lines of a run. */
export interface SourcePlace {
  /** Its place among all lines of all files that are not blank, from 1. */
  number: number
  /** The file as the user named it. */
  file: string
  /** Number of the line in its file, from 1; for an event of a JSON document its place in the file. */
  line: number
  /** CRC-32 of the text of this and all earlier lines, which tells whether two sources begin alike. */
  checksum: number
}

/** A line that contains an event. */
export interface EventLine extends SourcePlace {
  kind: 'event'
  text: string
  /** Length of the text in bytes of UTF-8. */
  bytes: number
  event: SegmentEvent
}

/** A line that contains no event, with the reason. `text` is null when the line was too long to keep. */
export interface UnreadableLine extends SourcePlace {
  kind: 'unreadable'
  text: string | null
  reason: string
}

/** A line that the reader was told to pass over. */
export interface PassedLine extends SourcePlace {
  kind: 'passed'
}

export type SourceLine = EventLine | UnreadableLine | PassedLine

/** Lines in portions, as they are read. */
export type Source = AsyncIterable<readonly SourceLine[]> | Iterable<readonly SourceLine[]>
