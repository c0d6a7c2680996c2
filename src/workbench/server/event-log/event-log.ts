import { randomBytes } from 'crypto'
import type { EventSummary } from '../../contract'
import { matchesQuery, type EventQuery } from './event-query'
import { LiveEvent, type Arrival } from './live-event'
import { StatusCounts } from './status-counts'

export interface LogLimits {
  /** Most events kept. */
  events: number
  /** Most bytes kept, roughly: events, requests and answers. */
  bytes: number
}

const DEFAULT_LIMITS: LogLimits = { events: 10_000, bytes: 64_000_000 }

export type EventListener = (event: LiveEvent) => void

/** The last events with all that is known of them. What falls out is still counted. */
export class EventLog {
  counts = new StatusCounts()
  private readonly limits: LogLimits
  /** Each event stands at its number modulo the length. */
  private readonly slots: (LiveEvent | undefined)[]
  private oldest = 1
  private next = 1
  private bytes = 0
  private readonly session = randomBytes(4).toString('hex')
  private readonly listeners = new Set<EventListener>()

  constructor(limits: Partial<LogLimits> = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits }
    this.slots = Array<undefined>(this.limits.events).fill(undefined)
  }

  /** Adds an event; the oldest make room for it. */
  add(arrival: Arrival): LiveEvent {
    const number = this.next++
    const { counts } = this
    const event = new LiveEvent(`${this.session}-${number}`, number, arrival, (changed, before, after) => {
      // After the log was emptied, events that are still under way count no more.
      counts.move(before, after)
      this.tell(changed)
    })
    if (number - this.oldest >= this.limits.events) this.dropOldest()
    this.slots[number % this.limits.events] = event
    counts.add(event.status)
    this.weigh(event, event.bytes)
    this.tell(event)
    return event
  }

  /** Counts memory that an event came to hold. */
  grow(event: LiveEvent, bytes: number): void {
    event.bytes += bytes
    if (this.slots[event.number % this.limits.events] === event) this.weigh(event, bytes)
  }

  get(id: string): LiveEvent | undefined {
    const number = Number(id.slice(id.indexOf('-') + 1))
    const event = this.slots[number % this.limits.events]
    return event?.id === id ? event : undefined
  }

  /** Events that fit, newest first, and how many fit in all. */
  list(query: EventQuery, limit: number): { events: EventSummary[]; total: number } {
    const events: EventSummary[] = []
    let total = 0
    for (let number = this.next - 1; number >= this.oldest; number--) {
      const event = this.slots[number % this.limits.events]
      if (!event || !matchesQuery(event, query)) continue
      total++
      if (events.length < limit && number < (query.before ?? Infinity)) events.push(event.summary())
    }
    return { events, total }
  }

  /** Forgets all events and counts; numbers go on. */
  clear(): void {
    while (this.oldest < this.next) this.dropOldest()
    this.counts = new StatusCounts()
  }

  /** Told of every new and every changed event. */
  onChange(listener: EventListener): void {
    this.listeners.add(listener)
  }

  private tell(event: LiveEvent): void {
    this.listeners.forEach((listener) => listener(event))
  }

  private weigh(newest: LiveEvent, bytes: number): void {
    this.bytes += bytes
    // The newest stays even when it alone weighs more.
    while (this.bytes > this.limits.bytes && this.oldest < newest.number) this.dropOldest()
  }

  private dropOldest(): void {
    const slot = this.oldest++ % this.limits.events
    this.bytes -= this.slots[slot]?.bytes ?? 0
    this.slots[slot] = undefined
  }
}
