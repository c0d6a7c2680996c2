import type { BatchLimits } from './batch'
import { debugQueue } from './debug'
import type { Outcome } from './outcome'
import { isRetryable, pauseBefore, type RetryPolicy } from './retry-policy'

/** An event in a queue: its JSON text. */
export interface QueuedEvent {
  text: string
  /** Length of the text in bytes of UTF-8. */
  bytes: number
}

/** A pause before events are sent again. */
export interface QueuePause<Event> {
  events: Event[]
  milliseconds: number
  /** Status and reason of the first event that was rejected. */
  reason: string
}

export interface QueueOptions<Event> {
  /** Name of the queue in debug output. */
  name: string
  /** Sends a batch once and resolves to one outcome for each event, in order. Must not reject. */
  send: (events: Event[]) => Promise<Outcome[]>
  limits: BatchLimits
  retry: RetryPolicy
  /**
   * `strict`: a batch is sent, and sent again where needed, before the next one leaves.
   * `loose`: several batches are under way, and events that pause do not hold up later ones; afterwards they join those
   * that wait by then.
   */
  order: 'strict' | 'loose'
  /** How long events gather before a batch that is not full leaves, in milliseconds. Default: until `finish`. */
  gatherMs?: number
  /** Called with the last outcome of an event. */
  onSettled: (event: Event, outcome: Outcome) => void
  onPause?: (pause: QueuePause<Event>) => void
  /** Nothing more is sent once it is aborted; waiting events stay unsettled. */
  signal?: AbortSignal
}

interface Entry<Event> {
  event: Event
  /** How often it was sent. */
  attempts: number
}

interface Retry<Event> {
  entries: Entry<Event>[]
  outcomes: Outcome[]
}

/** Batches under way at once in loose order, so that a slow answer does not stop the queue. */
const MOST_UNDER_WAY = 4

/** The events of one subscription: they gather into batches, are sent, and are sent again while that may help. */
export class Queue<Event extends QueuedEvent> {
  private waiting: Entry<Event>[] = []
  private waitingBytes = 0
  private timer: NodeJS.Timeout | undefined
  private underWay = 0
  private isFinishing = false
  /** Why the queue stopped: a callback threw. */
  private failure: { error: unknown } | undefined
  /** Resolvers of promises that wait for the end of a batch. */
  private listeners: (() => void)[] = []

  constructor(private readonly options: QueueOptions<Event>) {}

  /** Adds an event to the end of the queue. */
  add(event: Event): void {
    this.push({ event, attempts: 0 })
  }

  /** True while a whole batch waits. A source that can wait should then wait for `room`. */
  get isFull(): boolean {
    const { limits } = this.options
    return this.waiting.length >= limits.events || this.waitingBytes > limits.bytes
  }

  /** Resolves when no whole batch waits. Rejects with what a callback threw. */
  async room(): Promise<void> {
    while (this.isFull && !this.failure) await this.batchEnd()
    if (this.failure) throw this.failure.error
  }

  /** Sends what waits and resolves when every event is settled. Rejects with what a callback threw. */
  async finish(): Promise<void> {
    this.isFinishing = true
    this.dispatch('all')
    while ((this.underWay > 0 || this.waiting.length > 0) && !this.failure) await this.batchEnd()
    if (this.failure) throw this.failure.error
  }

  private push(entry: Entry<Event>): void {
    this.waiting.push(entry)
    this.waitingBytes += entry.event.bytes
    if (this.isFull) this.dispatch('full')
    else if (this.options.gatherMs !== undefined) {
      this.timer ??= setTimeout(() => this.dispatch('all'), this.options.gatherMs)
    }
  }

  private dispatch(which: 'full' | 'all'): void {
    if (which === 'all') {
      clearTimeout(this.timer)
      this.timer = undefined
    }
    while (this.mayLeave() && this.waiting.length > 0 && (which === 'all' || this.isFull)) {
      this.underWay++
      void this.deliver(this.nextBatch())
        .catch((error: unknown) => this.fail(error))
        .then(() => this.end())
    }
  }

  private fail(error: unknown): void {
    this.failure = { error }
    // In strict order `room` and `finish` report it. In loose order nobody may be waiting.
    if (this.options.order === 'loose') throw error
  }

  private mayLeave(): boolean {
    const most = this.options.order === 'strict' ? 1 : MOST_UNDER_WAY
    return this.underWay < most && !this.failure && !this.options.signal?.aborted
  }

  private nextBatch(): Entry<Event>[] {
    const { events, bytes } = this.options.limits
    let size = 0
    let end = 0
    while (end < Math.min(events, this.waiting.length)) {
      const next = size + this.waiting[end].event.bytes
      if (end > 0 && next > bytes) break
      size = next
      end++
    }
    this.waitingBytes -= size
    return this.waiting.splice(0, end)
  }

  private async deliver(entries: Entry<Event>[]): Promise<void> {
    const retries = await this.sendOnce(entries)
    if (this.options.order === 'strict') {
      for (const retry of retries) {
        await this.pause(retry)
        await this.deliver(retry.entries)
      }
      return
    }
    for (const retry of retries) {
      void this.pause(retry).then(() => {
        if (!this.options.signal?.aborted) retry.entries.forEach((entry) => this.push(entry))
      })
    }
  }

  /** Sends a batch once, settles events and returns those to send again; events with the same number of attempts together. */
  private async sendOnce(entries: Entry<Event>[]): Promise<Retry<Event>[]> {
    const { name, send, retry, onSettled } = this.options
    const outcomes = await send(entries.map(({ event }) => event))
    const retries = new Map<number, Retry<Event>>()
    entries.forEach((entry, index) => {
      const outcome = outcomes[index]
      entry.attempts++
      if (entry.attempts > retry.retries || !isRetryable(outcome)) return onSettled(entry.event, outcome)
      const group = retries.get(entry.attempts) ?? { entries: [], outcomes: [] }
      group.entries.push(entry)
      group.outcomes.push(outcome)
      retries.set(entry.attempts, group)
    })
    const again = [...retries.values()].reduce((sum, group) => sum + group.entries.length, 0)
    debugQueue(
      '%s: batch of %d sent, %d settled, %d to send again',
      name,
      entries.length,
      entries.length - again,
      again
    )
    return [...retries.values()]
  }

  private async pause({ entries, outcomes }: Retry<Event>): Promise<void> {
    const { name, retry, onPause } = this.options
    const [{ attempts }] = entries
    const [first] = outcomes
    const milliseconds = pauseBefore(attempts - 1, outcomes, retry)
    const reason = first.kind === 'rejected' ? `${first.status} ${first.reason}` : ''
    const status = first.kind === 'rejected' ? first.status : 0
    debugQueue('%s: retry %d of %d events in %d ms, status %d', name, attempts, entries.length, milliseconds, status)
    onPause?.({ events: entries.map(({ event }) => event), milliseconds, reason })
    await retry.wait(milliseconds)
  }

  private end(): void {
    this.underWay--
    this.dispatch(this.options.gatherMs !== undefined || this.isFinishing ? 'all' : 'full')
    this.listeners.splice(0).forEach((resolve) => resolve())
  }

  private batchEnd(): Promise<void> {
    return new Promise((resolve) => this.listeners.push(resolve))
  }
}
