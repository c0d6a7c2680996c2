import type { EventOrigin, EventStatus, EventSummary } from '../../contract'
import type { MappingTrace } from './mapping-trace'

/** What the log is told of an event when it arrives. */
export interface Arrival {
  origin: EventOrigin
  receivedAt: number
  /** The event as JSON text, completed as Segment does. */
  text: string
  type: string
  name: string | null
  visitorCode: string | null
  messageId: string | null
  /** Why the source rejected it, before any mapping; null where it did not. */
  rejection: string | null
  /** Why Segment keeps it from the destination; null where it does not. */
  heldBack: string | null
}

/** Objects and short texts around the event's own text, roughly. */
const OVERHEAD_BYTES = 600

/** What one mapping says of the event decides over what the others say. */
const WEIGHTIEST_FIRST: EventStatus[] = ['retrying', 'waiting', 'rejected', 'delivered']

/** An event and its way through the mappings, as far as it has come. */
export class LiveEvent {
  /** Null until its mappings were looked for; there may be none. */
  private followed: readonly MappingTrace[] | null = null
  /** Roughly what it holds in memory. */
  bytes: number
  private lastStatus: EventStatus = 'waiting'

  constructor(
    readonly id: string,
    readonly number: number,
    readonly arrival: Arrival,
    private readonly changed: (event: LiveEvent, before: EventStatus, after: EventStatus) => void
  ) {
    this.bytes = arrival.text.length + OVERHEAD_BYTES
    this.lastStatus = this.status
  }

  get traces(): readonly MappingTrace[] {
    return this.followed ?? []
  }

  /** The mappings that existed when it arrived; from now on its status is theirs. */
  follow(traces: readonly MappingTrace[]): void {
    this.followed = traces
    this.update()
  }

  /** To be called after each change of a trace. */
  update(): void {
    const before = this.lastStatus
    this.lastStatus = this.status
    this.changed(this, before, this.lastStatus)
  }

  get status(): EventStatus {
    if (this.arrival.rejection !== null) return 'rejected'
    if (this.followed === null) return 'waiting'
    return WEIGHTIEST_FIRST.find((status) => this.traces.some((trace) => trace.status === status)) ?? 'filtered'
  }

  summary(): EventSummary {
    const { receivedAt, origin, type, name, visitorCode, messageId } = this.arrival
    return {
      ...{ id: this.id, number: this.number, receivedAt: new Date(receivedAt).toISOString(), origin },
      ...{ type, name, visitorCode, messageId },
      status: this.status,
      reason: this.reason(),
      attempts: Math.max(0, ...this.traces.map(({ attempts }) => attempts.length)),
      discarded: this.traces.reduce((sum, { discarded }) => sum + discarded, 0)
    }
  }

  private reason(): string | null {
    const { status } = this
    if (this.arrival.rejection !== null) return this.arrival.rejection
    if (status === 'waiting' || status === 'delivered') return null
    if (status === 'filtered' && !this.traces.some(({ matched }) => matched)) {
      return this.arrival.heldBack ?? 'No mapping took it'
    }
    return this.traces.find((trace) => trace.matched && trace.status === status)?.reason ?? null
  }
}
