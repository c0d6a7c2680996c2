import type { Subscription } from '../../contract'
import type { CurrentSettings, CurrentSubscriptions } from '../hosted'
import type { BatchTrace } from '../event-log/batch-trace'
import type { EventLog } from '../event-log/event-log'
import type { LiveEvent } from '../event-log/live-event'
import { MappingTrace } from '../event-log/mapping-trace'
import { defaultRetryPolicy, matcherOf, type Matches, type RetryPolicy, type SendBatch } from '../../../segment-host'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { LiveLane, type Passenger } from './live-lane'

export interface LiveDeliveryOptions {
  events: EventLog
  subscriptions: CurrentSubscriptions
  settings: Pick<CurrentSettings, 'onChange'>
  /** A way to where events go at the moment of asking. */
  sender: () => SendBatch
  retry?: Partial<RetryPolicy>
  clock: () => number
  gatherMs?: number
}

const GATHER_MS = 25

/** Unsettled events hold memory, so a sender is asked to wait beyond this. */
const MOST_WAITING_BYTES = 128_000_000

export const TOO_MANY_WAIT = 'Too many events wait for delivery. Send again in a moment.'

/** The process may end while an event waits for its next attempt. */
const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds).unref())

/** Delivers events as they come: each to every enabled mapping whose filter it fits. */
export class LiveDelivery {
  /** Bytes of events that are not settled. */
  waitingBytes = 0
  private unsettled = 0
  private isClosed = false
  private whenIdle: (() => void)[] = []
  private readonly lanes = new Map<Subscription, LiveLane>()
  private readonly matchers = new WeakMap<Subscription, Matches>()

  constructor(private readonly options: LiveDeliveryOptions) {
    options.subscriptions.onChange(() => this.forgetOldLanes())
    // A lane leads where events went when it was made.
    options.settings.onChange(() => this.lanes.clear())
  }

  /** Whoever sends should wait. */
  get isFull(): boolean {
    return this.waitingBytes >= MOST_WAITING_BYTES
  }

  /** Takes an event of the log to its mappings. */
  receive(live: LiveEvent, event: SegmentEvent): void {
    const isHeldBack = live.arrival.heldBack !== null
    const traces = this.options.subscriptions
      .list()
      .map((subscription) => new MappingTrace(subscription, !isHeldBack && this.takes(subscription, event)))
    live.follow(traces)
    const { text } = live.arrival
    const bytes = Buffer.byteLength(text)
    for (const trace of traces.filter(({ matched }) => matched)) {
      this.begin(bytes)
      this.laneOf(trace.subscription).add({ line: live.number, text, bytes, event: live, trace })
    }
  }

  /** Resolves when nothing is under way and nothing waits. */
  idle(): Promise<void> {
    if (this.unsettled === 0) return Promise.resolve()
    return new Promise((resolve) => this.whenIdle.push(resolve))
  }

  /** Sends nothing more; what waits stays unsettled. */
  close(): void {
    this.isClosed = true
  }

  private takes(subscription: Subscription, event: SegmentEvent): boolean {
    return subscription.enabled && this.matcher(subscription)(event)
  }

  private matcher(subscription: Subscription): Matches {
    const known = this.matchers.get(subscription)
    if (known) return known
    const matches = matcherOf(subscription.subscribe) ?? (() => false)
    this.matchers.set(subscription, matches)
    return matches
  }

  private laneOf(subscription: Subscription): LiveLane {
    const known = this.lanes.get(subscription)
    if (known) return known
    const { sender, retry, clock, gatherMs = GATHER_MS } = this.options
    const lane = new LiveLane(
      // What the page or a file gave is JSON.
      { ...subscription, mapping: subscription.mapping as JSONObject },
      {
        send: sender(),
        clock,
        gatherMs,
        retry: { ...defaultRetryPolicy, wait, ...retry },
        onBatch: (passengers, batch) => this.weigh(passengers, batch),
        onSettled: (passenger) => this.settle(passenger),
        isClosed: () => this.isClosed
      }
    )
    this.lanes.set(subscription, lane)
    return lane
  }

  /** Events that a mapping took before it was changed go on with it as it was; its lane lives as long as they do. */
  private forgetOldLanes(): void {
    const present = new Set(this.options.subscriptions.list())
    for (const subscription of this.lanes.keys()) if (!present.has(subscription)) this.lanes.delete(subscription)
  }

  private weigh(passengers: Passenger[], { exchanges }: BatchTrace): void {
    const bytes = exchanges.reduce((sum, { body, response }) => {
      return sum + (body?.length ?? 0) * 2 + (response?.body?.length ?? 0)
    }, 0)
    passengers.forEach(({ event }) => this.options.events.grow(event, bytes / passengers.length))
  }

  private begin(bytes: number): void {
    this.unsettled++
    this.waitingBytes += bytes
  }

  private settle({ event, bytes }: Passenger): void {
    this.unsettled--
    this.waitingBytes -= bytes
    event.update()
    if (this.unsettled > 0) return
    this.whenIdle.forEach((resolve) => resolve())
    this.whenIdle = []
  }
}
