import type { Checkpoint, SettledBatch, StoppedRun } from './checkpoint'
import type { SendBatch } from './destination'
import type { CatalogEntry } from './integrations'
import type { Outcome } from './outcome'
import type { RetryPolicy } from './retry-policy'
import type { Subscription } from './subscription'

/** Every attempt failed, although a later one may succeed. */
export interface Undelivered {
  kind: 'undelivered'
  status: number
  reason: string
}

/** The result of one line in one subscription; `subscription` is null when no subscription was involved. */
export interface Settled {
  file: string
  line: number
  text: string | null
  subscription: Subscription | null
  outcome: Outcome | Undelivered
}

/** A pause before events of a subscription are sent again. */
export interface Pause {
  subscription: Subscription
  events: number
  milliseconds: number
  reason: string
}

/** One attempt of one batch. */
export interface SentBatch {
  subscription: Subscription
  /** Number of the batch in the run, from 1. */
  batch: number
  events: number
  /** 1 for the first time. */
  attempt: number
  milliseconds: number
  delivered: number
  filtered: number
  rejected: number
  /** Events that will be sent again. */
  again: number
  /** Events of all subscriptions that are read and not settled. */
  waiting: number
}

/** How many events may be rejected: `most` of them, or this share of all outcomes, from 0 to 1. */
export interface RejectionLimit {
  kind: 'count' | 'share'
  most: number
}

/** Where a run keeps how far it has come. What it throws stops the run. */
export interface CheckpointStore {
  /** Called after every batch. `checkpoint` contains this batch too. */
  add: (batch: SettledBatch, checkpoint: () => Checkpoint) => void
  /** Called whenever lines were read. */
  pass: (checkpoint: () => Checkpoint) => void
  /** Called at the end, whether or not the run stops there. */
  keep: (checkpoint: Checkpoint) => void
}

export interface DeliveryRun {
  /** The destination, which events can turn off in their `integrations` object. */
  destination: CatalogEntry
  subscriptions: Subscription[]
  send: SendBatch
  /** Most events in a batch; a mapping may ask for fewer. Default 1000. */
  batchSize?: number
  /**
   * How many batches of a subscription may be under way at once; events of one person are in one of them and keep
   * their order. Default 1.
   */
  concurrency?: number
  retry?: Partial<RetryPolicy>
  /** A stopped run of the same source to go on with. */
  stopped?: StoppedRun
  checkpoints?: CheckpointStore
  /** Stops after this many lines that were not read before. */
  limit?: number
  mostRejected?: RejectionLimit
  /** Stops when it is aborted: nothing more is sent, and batches under way have ten seconds to settle. */
  signal?: AbortSignal
  /** Called for every portion of lines, with the number of lines so far. */
  onReceived?: (received: number) => void
  /** What it throws stops the run. */
  onSettled?: (settled: Settled) => void
  onSent?: (batch: SentBatch) => void
  onPause?: (pause: Pause) => void
}
