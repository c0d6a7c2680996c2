import type { CatalogEntry, Settled, Stop, Subscription } from '../../segment-host'
import type { Fleet } from '../fleet'
import type { RunPosition } from './run-position'

/** A source that is put on the queue. */
export interface QueueRun {
  fleet: Fleet
  /** The same when a stopped run goes on. */
  id: string
  destination: CatalogEntry
  subscriptions: readonly Subscription[]
  /** Where a stopped run was. */
  stopped?: RunPosition | null
  /** It waits while so many jobs are on the queue. */
  mostWaiting: number
  /** Stops after this many lines that were not read before. */
  limit?: number
  /** Stops when it is aborted. What was read and is not on the queue is read again when the run goes on. */
  signal?: AbortSignal
  /** Called for every portion of lines, with the number of lines so far. */
  onReceived?: (received: number) => void
  /** Called for events that need no job: they match no subscription, or there is no event in the line. */
  onSettled?: (settled: Settled) => void
  /** Called when a portion is on the queue. */
  onPut?: (position: RunPosition) => void
  /** Called when the queue is full, and when there is room again. */
  onFull?: (isFull: boolean) => void
}

/** How a run has ended. */
export interface PutResult {
  position: RunPosition
  stopped?: Stop
  /** Seconds it took. */
  seconds: number
  /** Lines that were read for the first time. */
  lines: number
}
