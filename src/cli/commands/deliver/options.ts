import type { MostRejected, NetworkAddress } from '../../option-values'

/** What the command `deliver` was asked for. */
export interface DeliverOptions {
  mapping?: string
  batchSize: number
  /** Batches of a mapping under way at once. */
  concurrency?: number
  /** Most requests a minute. */
  rate?: number
  retries: number
  /** Milliseconds before an event is sent again for the first time. */
  retryDelay: number
  limit?: number
  maxRejected?: MostRejected
  resume?: boolean
  restart?: boolean
  checkpoint?: string
  rejected?: string
  dryRun?: boolean
  json?: boolean
  log?: 'json'
  metrics?: NetworkAddress
  visitors?: boolean
  /** Address of an emulator that runs already. */
  emulator?: string
  /** Address of a queue that takes the events, for workers; true for that of the environment. */
  queue?: string | true
  /** Waits until workers have delivered everything. */
  wait?: boolean
  /** Jobs on the queue above which it waits. */
  mostWaiting: number
}

/** Enough to hide the time of answers on the way to Kameleoon and back, and few enough for its limits. */
const DEFAULT_CONCURRENCY = 8

/** The requests of a dry run are printed in the order of events. */
export function concurrencyOf({ concurrency, dryRun }: DeliverOptions): number {
  return concurrency ?? (dryRun ? 1 : DEFAULT_CONCURRENCY)
}
