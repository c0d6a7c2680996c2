import { Recent, type Retention } from './bounded'

/** One request as it arrived. `status` is 0 when there was no answer. `at` is in milliseconds. */
export interface RecordedRequest {
  method: string
  host: string
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  body: string
  status: number
  at: number
}

/** Something Kameleoon would discard after accepting the request, and the reason. `at` is in milliseconds. */
export interface Discarded {
  reason: string
  path: string
  field?: string
  value?: unknown
  /** Nonce of the visit event, in upper case, or key of the map; missing where no part is known. */
  key?: string
  visitorCode?: string
  at: number
}

/** Counts since the start. They include entries that are no longer kept. */
export interface Totals {
  /** By method, route and status: `POST /visit/events 204`. */
  requests: Record<string, number>
  /** Visit events stored, by event type. */
  events: Record<string, number>
  /** Bytes of all request bodies. */
  bytes: number
  discarded: number
  /** Visit events dropped because they had been stored before. */
  duplicates: number
}

const SHOWN_TEXT = 300

/** The calls that the emulator received, what was discarded, and counts of both. */
export class Recordings {
  totals: Totals = noTotals()
  private readonly kept: Recent<RecordedRequest>
  private readonly lost: Recent<Discarded>

  constructor(retention: Retention) {
    this.kept = new Recent(retention.requests, retention.requestBytes, (request) => request.body.length)
    this.lost = new Recent(retention.discarded)
  }

  get requests(): RecordedRequest[] {
    return this.kept.items
  }

  get discarded(): Discarded[] {
    return this.lost.items
  }

  /** @param route the path pattern (`/v3/:siteCode`), so that the number of totals stays small */
  addRequest(request: RecordedRequest, route: string): void {
    this.kept.add(request)
    this.totals.bytes += Buffer.byteLength(request.body)
    increase(this.totals.requests, `${request.method} ${route} ${request.status}`)
  }

  addDiscarded(lost: Discarded): void {
    this.lost.add({ ...lost, value: shorten(lost.value) })
    this.totals.discarded += 1
  }

  countEvent(eventType: string): void {
    increase(this.totals.events, eventType)
  }

  reset(): void {
    this.totals = noTotals()
    this.kept.clear()
    this.lost.clear()
  }
}

function noTotals(): Totals {
  return { requests: {}, events: {}, bytes: 0, discarded: 0, duplicates: 0 }
}

function increase(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1
}

function shorten(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text !== undefined && text.length > SHOWN_TEXT ? `${text.slice(0, SHOWN_TEXT)}…` : value
}
