import { randomBytes } from 'crypto'
import type { EventStatus, EventSummary } from '../../contract'
import type { EventQuery } from '../../contract/event-query'
import { eventMatcher } from './event-matcher'
import { LiveEvent, type Arrival } from './live-event'
import { Pace } from './pace'

export interface LogLimits {
  /** Most events kept. */
  events: number
  /** Most bytes kept, as an estimate: events, what is searched of them, requests and answers. */
  bytes: number
}

/** Room for 20,000 events of the usual size, about 1,000 characters each. */
const DEFAULT_LIMITS: LogLimits = { events: 20_000, bytes: 128_000_000 }

/** Which of the matching events to list. */
export interface EventRange {
  /** Only events with a lower number. */
  before?: number
  /** Only events with a higher number. */
  above?: number
  /** Most events in the list. */
  limit: number
}

/** How many events have which status, including events that are no longer kept. */
class StatusCounts {
  received = 0
  private readonly by: Record<EventStatus, number> = {
    waiting: 0,
    retrying: 0,
    delivered: 0,
    filtered: 0,
    rejected: 0
  }

  add(status: EventStatus): void {
    this.received++
    this.by[status]++
  }

  move(before: EventStatus, after: EventStatus): void {
    this.by[before]--
    this.by[after]++
  }

  /** The counts in the form of WorkbenchState. */
  toJSON() {
    return { received: this.received, ...this.by }
  }
}

export type EventListener = (event: LiveEvent) => void

/** The last events with everything known about them. Older events are dropped, but still counted. */
export class EventLog {
  counts = new StatusCounts()
  private readonly limits: LogLimits
  /** A ring: each event is at its number modulo the length. */
  private readonly slots: (LiveEvent | undefined)[]
  private oldest = 1
  private next = 1
  private bytes = 0
  private readonly session = randomBytes(4).toString('hex')
  private readonly listeners = new Set<EventListener>()
  private readonly clearListeners = new Set<() => void>()

  constructor(limits: Partial<LogLimits> = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits }
    this.slots = Array<undefined>(this.limits.events).fill(undefined)
  }

  /** Adds an event and drops the oldest ones when a limit is reached. */
  add(arrival: Arrival): LiveEvent {
    const number = this.next++
    const { counts } = this
    const event = new LiveEvent(`${this.session}-${number}`, number, arrival, (changed, before, after) => {
      // These are the counts from before the log was cleared, if it was, so that the new ones stay right.
      counts.move(before, after)
      this.notify(changed)
    })
    if (number - this.oldest >= this.limits.events) this.dropOldest()
    this.slots[number % this.limits.events] = event
    counts.add(event.status)
    this.countBytes(event, event.bytes)
    this.notify(event)
    return event
  }

  /** Counts further memory of an event, in bytes. */
  grow(event: LiveEvent, bytes: number): void {
    event.bytes += bytes
    if (this.slots[event.number % this.limits.events] === event) this.countBytes(event, bytes)
  }

  get(id: string): LiveEvent | undefined {
    const number = Number(id.slice(id.indexOf('-') + 1))
    const event = this.slots[number % this.limits.events]
    return event?.id === id ? event : undefined
  }

  /** Every event that is kept, oldest first. */
  all(): LiveEvent[] {
    const numbers = Array.from({ length: this.next - this.oldest }, (_, index) => this.oldest + index)
    return numbers.flatMap((number) => this.slots[number % this.limits.events] ?? [])
  }

  /** The first `limit` matching events of a range, newest first; `total` counts all that match, ignoring before and limit. */
  async list(
    query: EventQuery,
    { before = Infinity, above = 0, limit }: EventRange
  ): Promise<{ events: EventSummary[]; total: number }> {
    const found = await this.matching(query, above)
    const events = found.filter(({ number }) => number < before).slice(0, limit)
    return { events: events.map((event) => event.summary()), total: found.length }
  }

  /** All matching events, newest first. Other work of the process goes on in between. */
  async matching(query: EventQuery, above = 0): Promise<LiveEvent[]> {
    const matches = eventMatcher(query)
    const pace = new Pace()
    const found: LiveEvent[] = []
    for (let number = this.next - 1; number >= this.oldest && number > above; number--) {
      if (pace.isPauseDue) await pace.pause()
      const event = this.slots[number % this.limits.events]
      // During a pause it may have been dropped, and its slot used again.
      if (event?.number === number && matches(event)) found.push(event)
    }
    return found
  }

  /** Forgets all events and counts. The numbering continues. */
  clear(): void {
    while (this.oldest < this.next) this.dropOldest()
    this.counts = new StatusCounts()
    this.clearListeners.forEach((listener) => listener())
  }

  /** The listener is called with every new and every changed event. */
  onChange(listener: EventListener): void {
    this.listeners.add(listener)
  }

  /** The listener is called after all events were forgotten. */
  onClear(listener: () => void): void {
    this.clearListeners.add(listener)
  }

  private notify(event: LiveEvent): void {
    this.listeners.forEach((listener) => listener(event))
  }

  private countBytes(newest: LiveEvent, bytes: number): void {
    this.bytes += bytes
    // The newest event stays even when it alone exceeds the limit.
    while (this.bytes > this.limits.bytes && this.oldest < newest.number) this.dropOldest()
  }

  private dropOldest(): void {
    const slot = this.oldest++ % this.limits.events
    this.bytes -= this.slots[slot]?.bytes ?? 0
    this.slots[slot] = undefined
  }
}
