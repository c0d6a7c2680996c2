import type { Pause, SentBatch, Settled } from '../../segment-host'

/** One request to Kameleoon. `status` is null when there was no answer. */
export interface SentRequest {
  method: string
  path: string
  status: number | null
  milliseconds: number
}

/** Where a run is. */
export interface Position {
  events: number
  bytes: number
  totalBytes: number | undefined
}

/** Follows a delivery. Every member is called synchronously and must not throw. */
export interface Watch {
  position(position: Position): void
  settled(settled: Settled): void
  batch(batch: SentBatch): void
  request(request: SentRequest): void
  waiting(pause: Pause): void
  /** A sentence for the user, for example why the run stops. */
  note(text: string): void
  close(): Promise<void>
}

/** One watch that calls all of them. */
export function watches(all: readonly Watch[]): Watch {
  return {
    position: (position) => all.forEach((one) => one.position(position)),
    settled: (settled) => all.forEach((one) => one.settled(settled)),
    batch: (batch) => all.forEach((one) => one.batch(batch)),
    request: (request) => all.forEach((one) => one.request(request)),
    waiting: (pause) => all.forEach((one) => one.waiting(pause)),
    note: (text) => all.forEach((one) => one.note(text)),
    close: async () => void (await Promise.all(all.map((one) => one.close())))
  }
}
