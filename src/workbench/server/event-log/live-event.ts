import type { EventOrigin, EventStatus, EventSummary } from '../../contract'
import type { ListedFacts } from '../../contract/event-query'
import { reasonOf, type MappingTrace, type TracedPart } from './mapping-trace'
import { shortResults } from './short-results'

/** What is known about an event when it arrives. */
export interface Arrival {
  origin: EventOrigin
  receivedAt: number
  /** The event as JSON text, completed as Segment does. */
  text: string
  type: string
  name: string | null
  visitorCode: string | null
  messageId: string | null
  /** The currency that its properties name; null when they name none. */
  currency: string | null
  /** Why the source rejected it, before any mapping; null when it did not. */
  rejection: string | null
  /** Why its integrations object filters it for this destination; null when it does not. */
  filtered: string | null
  /** The id of the event that it repeats; null when it is no replay. */
  replayOf: string | null
}

/** Whether two events are the same message, as an event and its replay are. */
export function isSameMessage(one: Arrival, other: Arrival): boolean {
  return one === other || (one.messageId !== null && one.messageId === other.messageId)
}

/** Estimate for the objects and short texts beside the event's own text. */
const OVERHEAD_BYTES = 1_200

/** The event's text is kept twice: as it is, and in lower case for searching. */
const COPIES = 2

/** The status of an event is the first of these that one of its mappings has. */
const STATUS_ORDER: EventStatus[] = ['retrying', 'waiting', 'rejected', 'delivered']

/** An event in the log, and what has happened to it in each mapping so far. */
export class LiveEvent {
  /** Null until its mappings are known; then one entry for each mapping, possibly none. */
  private followed: readonly MappingTrace[] | null = null
  /** Estimate of its memory, in bytes. */
  bytes: number
  private lastStatus: EventStatus = 'waiting'
  /** Its text in lower case, made when it is first searched. */
  private lowerText: string | undefined
  /** The same of what is known about its delivery; made anew after each change. */
  private lowerNotes: string | undefined

  constructor(
    readonly id: string,
    readonly number: number,
    readonly arrival: Arrival,
    private readonly changed: (event: LiveEvent, before: EventStatus, after: EventStatus) => void
  ) {
    this.bytes = arrival.text.length * COPIES + OVERHEAD_BYTES
    this.lastStatus = this.status
  }

  get traces(): readonly MappingTrace[] {
    return this.followed ?? []
  }

  /** Sets the mappings that existed when it arrived. From then on its status follows from theirs. */
  follow(traces: readonly MappingTrace[]): void {
    this.followed = traces
    this.update()
  }

  /** Must be called after each change of a trace. */
  update(): void {
    const before = this.lastStatus
    this.lastStatus = this.status
    this.lowerNotes = undefined
    this.changed(this, before, this.lastStatus)
  }

  get status(): EventStatus {
    if (this.arrival.rejection !== null) return 'rejected'
    if (this.followed === null) return 'waiting'
    return STATUS_ORDER.find((status) => this.traces.some((trace) => trace.status === status)) ?? 'filtered'
  }

  /** The visitor code that was sent; until then, or if none was, that of the event itself. */
  get visitorCode(): string | null {
    return this.traces.find((trace) => trace.visitorCode !== null)?.visitorCode ?? this.arrival.visitorCode
  }

  /** Whether Kameleoon has received all of it before, and counted nothing again. */
  get isDuplicate(): boolean {
    const kept = this.traces.map((trace) => trace.kept)
    return kept.includes('duplicates') && !kept.includes('some')
  }

  /** What was sent for it by all mappings. */
  get parts(): readonly TracedPart[] {
    return this.traces.flatMap(({ parts }) => parts)
  }

  /** The texts in which a search looks, in lower case: its JSON; and reasons, goals, nonces and keys of maps. */
  get searched(): readonly string[] {
    this.lowerText ??= this.arrival.text.toLowerCase()
    this.lowerNotes ??= this.notes().join('\n').toLowerCase()
    return [this.lowerText, this.lowerNotes]
  }

  /** What a query may ask about without reading the event itself. */
  facts(): ListedFacts {
    const { receivedAt, type } = this.arrival
    return { status: this.status, discarded: this.discarded, type, visitorCode: this.visitorCode, receivedAt }
  }

  summary(): EventSummary {
    const { receivedAt, origin, type, name, messageId, currency } = this.arrival
    return {
      ...{ id: this.id, number: this.number, receivedAt: new Date(receivedAt).toISOString(), origin },
      ...{ type, name, visitorCode: this.visitorCode, messageId },
      status: this.status,
      reason: this.reason(),
      attempts: Math.max(0, ...this.traces.map(({ attempts }) => attempts.length)),
      nextAttemptAt: this.nextAttemptAt(),
      ...shortResults(this.parts, currency),
      discarded: this.discarded
    }
  }

  get discarded(): number {
    return this.traces.reduce((sum, { discarded }) => sum + discarded, 0)
  }

  private nextAttemptAt(): string | null {
    const times = this.traces.flatMap(({ attempts }) => attempts[attempts.length - 1]?.nextAttemptAt ?? [])
    return times.length === 0 ? null : new Date(Math.min(...times)).toISOString()
  }

  private notes(): (string | number)[] {
    const outcomes = this.traces.flatMap(({ attempts }) => attempts.map(({ outcome }) => reasonOf(outcome)))
    const parts = this.parts.flatMap(({ key, goalId, goalName }) => [key, goalId, goalName])
    return [this.reason(), ...outcomes, ...parts].filter((note) => note !== null)
  }

  private reason(): string | null {
    const { status } = this
    if (this.arrival.rejection !== null) return this.arrival.rejection
    if (status === 'waiting') return null
    if (status === 'filtered' && !this.traces.some(({ matched }) => matched)) {
      return this.arrival.filtered ?? 'No mapping matched'
    }
    return this.traces.find((trace) => trace.matched && trace.status === status)?.reason ?? null
  }
}
