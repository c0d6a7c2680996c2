import type { Pause, SentBatch, Settled } from '../../segment-host'

/** One request to Kameleoon. */
export interface SentRequest {
  method: string
  /** Without the query, which holds visitor codes. */
  path: string
  /** Null when there was no answer. */
  status: number | null
  milliseconds: number
}

/** Where a run is. */
export interface Position {
  events: number
  bytes: number
  /** Undefined when it is not known, as for standard input. */
  totalBytes: number | undefined
}

/** Follows a delivery. Every member is called synchronously and must not throw. */
export interface Watch {
  position(position: Position): void
  /** An event has its outcome: delivered, filtered, rejected or undelivered. */
  settled(settled: Settled): void
  batch(batch: SentBatch): void
  request(request: SentRequest): void
  waiting(pause: Pause): void
  /** A sentence for the user, for example why the run stops. */
  note(text: string): void
  close(): Promise<void>
}

/** Several watches as one, each called in turn. It is closed when all of them are, also when closing one fails. */
export function watches(all: readonly Watch[]): Watch {
  return {
    position: (position) => all.forEach((watch) => watch.position(position)),
    settled: (settled) => all.forEach((watch) => watch.settled(settled)),
    batch: (batch) => all.forEach((watch) => watch.batch(batch)),
    request: (request) => all.forEach((watch) => watch.request(request)),
    waiting: (waiting) => all.forEach((watch) => watch.waiting(waiting)),
    note: (text) => all.forEach((watch) => watch.note(text)),
    close: () => closed(all)
  }
}

async function closed(all: readonly Watch[]): Promise<void> {
  const results = await Promise.allSettled(all.map((watch) => watch.close()))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
