import type { Counts } from '../../segment-host'
import type { Fleet } from '../fleet'

/** How far a run has been put on the queue. */
export interface RunPosition {
  /** Lines that are on the queue or needed none, and the checksum of the last of them. */
  read: number
  checksum: number
  /** Events that were put on the queue, counted once for each subscription. */
  put: number
  /** The last sequence of each partition. */
  sequences: number[]
  /** Of the lines read; the counts of subscriptions are empty, since workers know the outcomes. */
  counts: Counts
  /**
   * Number of the last line of the portion that is being put on the queue; null between portions. A producer that starts
   * again puts the same portion, so that its jobs have the same ids and events.
   */
  portionEnd: number | null
  /** Whether the source was read to its end. */
  hasEnded: boolean
}

/** Results are kept so long, in seconds. */
export const RUN_SECONDS = 30 * 24 * 60 * 60

const keyOf = (run: string): string => `run:${run}:position`

/** Null when the queue does not know the run. */
export async function positionOf({ store }: Pick<Fleet, 'store'>, run: string): Promise<RunPosition | null> {
  const text = await store.get(keyOf(run))
  // Written by `savePosition`.
  return text === null ? null : (JSON.parse(text) as RunPosition)
}

export async function savePosition({ store }: Pick<Fleet, 'store'>, run: string, position: RunPosition): Promise<void> {
  await store.set(keyOf(run), JSON.stringify(position), RUN_SECONDS)
}
