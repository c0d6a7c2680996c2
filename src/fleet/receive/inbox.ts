import type { SegmentEvent } from '@segment/actions-core'
import { FullError, type EventSink } from './event-sink'
import type { InboxQueue } from './inbox-queue'
import type { InboxState } from './inbox-state'

/** What ends the gathering of a job. */
export const JOB_LIMITS = { events: 500, bytes: 250 * 1024, milliseconds: 20 } as const

/** Most bytes of events that wait in this process, for example while the queue does not answer. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024

/** A call of `add`. */
interface Call {
  /** Events that are not durable yet. */
  left: number
  isOver: boolean
  resolve: () => void
  reject: (error: unknown) => void
}

interface WaitingEvent {
  call: Call
  text: string
  bytes: number
}

/**
 * Gathers the events of all requests into jobs of the inbox. Jobs are added one after another, so that they are in the queue
 * in the order in which their events came, whatever the database behind it.
 */
export class Inbox implements EventSink {
  private waiting: WaitingEvent[] = []
  private waitingBytes = 0
  private isAdding = false
  private endGathering: () => void = () => undefined

  constructor(
    private readonly queue: Pick<InboxQueue, 'add'>,
    private readonly state: Pick<InboxState, 'isFull' | 'added'>,
    private readonly limits: { events: number; bytes: number; milliseconds: number } = JOB_LIMITS,
    private readonly mostWaitingBytes = MOST_WAITING_BYTES
  ) {}

  add(events: readonly SegmentEvent[], signal: AbortSignal): Promise<void> {
    if (events.length === 0) return Promise.resolve()
    if (this.state.isFull) return Promise.reject(new FullError('Too many events wait in the queue'))
    if (this.waitingBytes >= this.mostWaitingBytes) {
      return Promise.reject(new FullError('Too many events wait to be put on the queue'))
    }
    return new Promise((resolve, reject) => {
      const call = { left: events.length, isOver: false, resolve, reject }
      signal.addEventListener('abort', () => this.end([call], signal.reason), { once: true })
      for (const event of events) this.push(call, JSON.stringify(event))
      if (this.isFullJob()) this.endGathering()
      if (!this.isAdding) void this.addAll()
    })
  }

  private push(call: Call, text: string): void {
    const bytes = Buffer.byteLength(text)
    this.waiting.push({ call, text, bytes })
    this.waitingBytes += bytes
  }

  private isFullJob(): boolean {
    return this.waiting.length >= this.limits.events || this.waitingBytes >= this.limits.bytes
  }

  /** Never rejects: what fails is told to those who wait for it. */
  private async addAll(): Promise<void> {
    this.isAdding = true
    while (this.waiting.length > 0) {
      if (!this.isFullJob()) await this.gathering()
      const events = this.takeJob()
      if (events.length > 0) await this.addJob(events)
    }
    this.isAdding = false
  }

  private gathering(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.limits.milliseconds)
      this.endGathering = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** The first events that wait, at least one if there is any. */
  private takeJob(): WaitingEvent[] {
    let [count, bytes] = [0, 0]
    for (const event of this.waiting) {
      if (count >= this.limits.events || (count > 0 && bytes + event.bytes > this.limits.bytes)) break
      count++
      bytes += event.bytes
    }
    this.waitingBytes -= bytes
    return this.waiting.splice(0, count)
  }

  private async addJob(events: readonly WaitingEvent[]): Promise<void> {
    const text = `[${events.map((event) => event.text).join()}]`
    try {
      await this.queue.add({ events: text })
      this.state.added(events.reduce((sum, { bytes }) => sum + bytes, 0))
      for (const { call } of events) if (--call.left === 0) this.end([call])
    } catch (error) {
      this.end(new Set(events.map(({ call }) => call)), error)
    }
  }

  /** Settles calls. Events of them that still wait are forgotten: the senders of failed calls send all of them again. */
  private end(calls: Iterable<Call>, error?: unknown): void {
    for (const call of calls) {
      if (call.isOver) continue
      call.isOver = true
      if (error === undefined) call.resolve()
      else call.reject(error)
    }
    if (error === undefined) return
    this.waiting = this.waiting.filter(({ call }) => !call.isOver)
    this.waitingBytes = this.waiting.reduce((sum, { bytes }) => sum + bytes, 0)
  }
}
