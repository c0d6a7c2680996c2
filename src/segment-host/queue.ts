import { debugQueue } from './debug'
import type { Place, Sender } from './identity-order'
import { chooseBatch, type Choice } from './next-batch'
import type { Outcome } from './outcome'
import type { QueuedEvent, QueueOptions } from './queue-options'
import { isRetryable, pauseBefore } from './retry-policy'

/** An event that waits or is under way. A class, since one is made for every event: objects of one shape are made fastest. */
class Entry<Event extends QueuedEvent> implements Place {
  readonly number: number
  readonly identities: readonly string[]
  readonly person: string | null
  readonly mayWrite: boolean
  readonly mayLink: boolean
  readonly needsLink: boolean
  /** How often it was sent. */
  attempts = 0

  constructor(
    readonly event: Event,
    readonly sender: Sender
  ) {
    this.number = event.number
    this.identities = event.identities
    this.person = event.person
    this.mayWrite = event.mayWrite
    this.mayLink = event.mayLink
    this.needsLink = event.needsLink
  }
}

interface Retry<Event extends QueuedEvent> {
  entries: Entry<Event>[]
  outcomes: Outcome[]
}

/** Batches under way at once. In loose order a slow answer does not stop the queue. */
const DEFAULT_CONCURRENCY = { strict: 1, loose: 4 }

/**
 * The events of one subscription: they gather into batches, are sent, and are sent again while that may help. A batch that
 * contains events of an identity leaves after what other queues may still store for it; see `IdentityOrder`.
 */
export class Queue<Event extends QueuedEvent> implements Sender {
  private waiting: Entry<Event>[] = []
  private waitingBytes = 0
  /** How many of them had to stay when others left; counted up to one batch. */
  private heldBack = 0
  private timer: NodeJS.Timeout | undefined
  private underWay = 0
  private readonly concurrency: number
  /** Whether the events of a person have to be kept from leaving in two batches at once. */
  private readonly keepsPersons: boolean
  /** Persons with events under way. A person is in one batch only. */
  private readonly persons = new Set<string>()
  private pauses = 0
  private isFinishing = false
  /** Events have gathered long enough. Stays set while some of them have to wait for another queue. */
  private hasGathered = false
  /** Another queue waits for events before this number. */
  private hurriedBefore = 0
  /** Why the queue stopped: a callback threw. */
  private failure: { error: unknown } | undefined
  /** Resolvers of promises that wait for a change of what waits or is under way. */
  private listeners: (() => void)[] = []

  constructor(private readonly options: QueueOptions<Event>) {
    this.concurrency = options.concurrency ?? DEFAULT_CONCURRENCY[options.order]
    this.keepsPersons = options.order === 'strict' && this.concurrency > 1
    options.signal?.addEventListener('abort', () => this.dispatch(), { once: true })
  }

  /** Adds an event to the end of the queue. */
  add(event: Event): void {
    const entry = new Entry(event, this)
    if (!this.failure) this.options.identityOrder.enter(entry)
    this.push(entry)
  }

  get isPausing(): boolean {
    return this.pauses > 0
  }

  hurry(before: number): void {
    if (before <= this.hurriedBefore) return
    this.hurriedBefore = before
    this.dispatch()
  }

  wake(): void {
    this.hasGathered ||= this.options.gatherMs !== undefined
    this.dispatch()
  }

  /** True while a whole batch waits that may leave. A source that can wait should then wait for `room`. */
  get isFull(): boolean {
    const { limits } = this.options
    return this.waiting.length - this.heldBack >= limits.events || this.waitingBytes > limits.bytes
  }

  /** Resolves when no whole batch waits, or when nothing more is sent. Rejects with what a callback threw. */
  async room(): Promise<void> {
    while (this.isFull && !this.isStopped) await this.change()
    if (this.failure) throw this.failure.error
  }

  /**
   * Sends what waits and resolves when every event is settled; once the signal is aborted, when no batch is under way.
   * Rejects with what a callback threw.
   */
  async finish(): Promise<void> {
    this.isFinishing = true
    this.dispatch()
    while (!this.failure && (this.underWay > 0 || (this.waiting.length > 0 && !this.isStopped))) await this.change()
    if (this.failure) throw this.failure.error
  }

  private push(entry: Entry<Event>): void {
    this.waiting.push(entry)
    this.waitingBytes += entry.event.bytes
    if (this.isFull) this.dispatch()
    else if (this.options.gatherMs !== undefined) {
      this.timer ??= setTimeout(() => this.gathered(), this.options.gatherMs)
    }
  }

  private gathered(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.hasGathered = true
    this.dispatch()
  }

  private dispatch(): void {
    while (this.mayLeave() && this.isDue()) {
      const batch = this.nextBatch()
      if (batch.length === 0) break
      this.underWay++
      void this.deliver(batch)
        .catch((error: unknown) => this.fail(error))
        .then(() => this.end(batch))
    }
    if (this.waiting.length === 0) this.hasGathered = false
    this.listeners.splice(0).forEach((resolve) => resolve())
  }

  private isDue(): boolean {
    return this.waiting.length > 0 && (this.isFull || this.hasGathered || this.isFinishing || this.isHurried)
  }

  private get isHurried(): boolean {
    return this.waiting.length > 0 && this.waiting[0].number < this.hurriedBefore
  }

  private fail(error: unknown): void {
    this.failure = { error }
    this.options.identityOrder.abandon(this)
    // In strict order `room` and `finish` report it. In loose order nobody may be waiting.
    if (this.options.order === 'loose') throw error
  }

  private mayLeave(): boolean {
    return this.underWay < this.concurrency && !this.isStopped
  }

  private get isStopped(): boolean {
    return this.failure !== undefined || this.options.signal?.aborted === true
  }

  /** The events of the next batch, taken out of those that wait. Empty when it should leave later. */
  private nextBatch(): Entry<Event>[] {
    const { limits, identityOrder } = this.options
    const choice = chooseBatch(this.waiting, limits, identityOrder, (person) => this.persons.has(person))
    const isBetterLater = this.isBetterLater(choice)
    const batch = isBetterLater ? [] : [...choice.chosen]
    this.heldBack = isBetterLater ? 0 : Math.min(choice.blocked.length, limits.events)
    if (batch.length > 0) {
      this.waiting = this.waiting.filter((entry) => !choice.chosen.has(entry))
      if (this.keepsPersons) batch.forEach(({ person }) => person !== null && this.persons.add(person))
      this.waitingBytes -= batch.reduce((sum, { event }) => sum + event.bytes, 0)
    }
    if (choice.blocked.length > 0) identityOrder.wakeLater(this)
    for (const { entry, blocker } of choice.blocked) {
      if (blocker && blocker.sender !== this) blocker.sender.hurry(entry.number)
    }
    return batch
  }

  /**
   * In strict order a batch waits for blocked events, so that it leaves full: unless another queue waits for it, or what
   * blocks them may take long.
   */
  private isBetterLater({ isFull, blocked }: Choice<Entry<Event>>): boolean {
    if (this.options.order === 'loose' || isFull || this.isHurried) return false
    return blocked.some(({ blocker }) => blocker && !blocker.sender.isPausing)
  }

  private async deliver(entries: Entry<Event>[]): Promise<void> {
    const retries = await this.sendOnce(entries)
    if (this.options.order === 'strict') {
      for (const retry of retries) {
        await this.pause(retry)
        if (!this.isStopped) await this.deliver(retry.entries)
      }
      return
    }
    for (const retry of retries) {
      void this.pause(retry).then(() => {
        if (!this.isStopped) retry.entries.forEach((entry) => this.push(entry))
      })
    }
  }

  /** Sends a batch once, settles events and returns those to send again; events with the same number of attempts together. */
  private async sendOnce(entries: Entry<Event>[]): Promise<Retry<Event>[]> {
    const { name, send, retry, onSettled, onSent, identityOrder } = this.options
    const begin = performance.now()
    const outcomes = await send(entries.map(({ event }) => event))
    const milliseconds = performance.now() - begin
    const retries = new Map<number, Retry<Event>>()
    const settled: Entry<Event>[] = []
    entries.forEach((entry, index) => {
      const outcome = outcomes[index]
      entry.attempts++
      if (entry.attempts > retry.retries || !isRetryable(outcome)) {
        settled.push(entry)
        return onSettled(entry.event, outcome)
      }
      const group = retries.get(entry.attempts) ?? { entries: [], outcomes: [] }
      group.entries.push(entry)
      group.outcomes.push(outcome)
      retries.set(entry.attempts, group)
    })
    const again = entries.length - settled.length
    debugQueue('%s: batch of %d sent, %d settled, %d to send again', name, entries.length, settled.length, again)
    onSent?.({ events: entries.length, attempt: entries[0].attempts, milliseconds, again })
    identityOrder.leave(settled)
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
    this.pauses++
    // Queues that wait for these events may go on with others.
    this.options.identityOrder.wakeAll()
    await retry.wait(milliseconds, this.options.signal)
    this.pauses--
  }

  private end(batch: Entry<Event>[]): void {
    this.underWay--
    if (this.keepsPersons) batch.forEach(({ person }) => person !== null && this.persons.delete(person))
    this.hasGathered ||= this.options.gatherMs !== undefined
    this.dispatch()
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.listeners.push(resolve))
  }
}
