import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import {
  batchLimits,
  defaultRetryPolicy,
  identitiesOf,
  IdentityOrder,
  personOf,
  matcherOf,
  Queue,
  recorded,
  sendBatchOnce,
  storedDataUse,
  type Matches,
  type Outcome,
  type QueuedEvent,
  type QueuePause,
  type RetryPolicy,
  type SendBatch
} from '../../../segment-host'
import type { Subscription } from '../../contract'
import type { EventLog } from '../event-log/event-log'
import type { LiveEvent } from '../event-log/live-event'
import { batchTrace, type BatchTrace } from '../event-log/batch-trace'
import { MappingTrace } from '../event-log/mapping-trace'
import { partKinds } from '../event-log/part-kinds'
import { sentPartsInShort } from '../event-log/sent-part'
import type { CurrentSettings, CurrentSubscriptions } from '../hosted'
import type { EmulatorResults } from './emulator-results'

export interface LiveDeliveryOptions {
  events: EventLog
  subscriptions: CurrentSubscriptions
  settings: Pick<CurrentSettings, 'onChange'>
  /** Returns a function that sends to the current target. */
  sender: () => SendBatch
  results: Pick<EmulatorResults, 'of'>
  /** The name of a goal of the current target; null when it is unknown. */
  goalName: (goalId: number) => string | null
  retry?: Partial<RetryPolicy>
  /** The present time in milliseconds since 1970. */
  clock: () => number
  /** How long events gather before a batch that is not full leaves. Default 25 ms. */
  gatherMs?: number
}

/** An event in the queue of one mapping. */
interface LiveQueued extends QueuedEvent {
  text: string
  event: LiveEvent
  trace: MappingTrace
}

const GATHER_MS = 25

/** Most events in a batch, Segment's default. https://segment.com/docs/partners/destinations/actions/ */
const BATCH_SIZE = 1000

/** Unsettled events take memory, so a sender is asked to wait beyond this. */
const MOST_WAITING_BYTES = 128_000_000

export const TOO_MANY_WAIT = 'Too many events wait for delivery. Send again in a moment.'

/** The process may end while an event waits for its next attempt. */
const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds).unref())

/** Delivers events as they arrive: each to every enabled mapping whose filter it matches. */
export class LiveDelivery {
  /** Bytes of events that are not settled. */
  waitingBytes = 0
  private unsettled = 0
  private readonly closing = new AbortController()
  private whenIdle: (() => void)[] = []
  private readonly queues = new Map<Subscription, Queue<LiveQueued>>()
  private readonly identityOrder = new IdentityOrder()
  private readonly matchers = new WeakMap<Subscription, Matches>()

  constructor(private readonly options: LiveDeliveryOptions) {
    options.subscriptions.onChange(() => this.forgetOldQueues())
    // A queue sends to the target of the time when it was made.
    options.settings.onChange(() => this.queues.clear())
  }

  /** True while senders should wait. */
  get isFull(): boolean {
    return this.waitingBytes >= MOST_WAITING_BYTES
  }

  /** Adds an event of the log to the queues of its mappings. */
  receive(live: LiveEvent, event: SegmentEvent): void {
    this.add(live, event, this.options.subscriptions.list(), (subscription) => this.queueOf(subscription))
  }

  /** Sends an event of the log through this mapping only. Its queue takes no other event. */
  receiveTest(live: LiveEvent, event: SegmentEvent, subscription: Subscription): void {
    this.add(live, event, [subscription], () => this.newQueue(subscription))
  }

  private add(
    live: LiveEvent,
    event: SegmentEvent,
    subscriptions: readonly Subscription[],
    queueOf: (subscription: Subscription) => Queue<LiveQueued>
  ): void {
    const isFiltered = live.arrival.filtered !== null
    const traces = subscriptions.map(
      (subscription) => new MappingTrace(subscription, !isFiltered && this.matches(subscription, event))
    )
    live.follow(traces)
    const { text } = live.arrival
    const bytes = Buffer.byteLength(text)
    const { number } = live
    const identities = identitiesOf(event)
    for (const trace of traces.filter(({ matched }) => matched)) {
      const { subscription } = trace
      this.unsettled++
      this.waitingBytes += bytes
      const place = { number, identities, person: personOf(identities), ...storedDataUse(subscription, event) }
      queueOf(subscription).add({ text, bytes, ...place, event: live, trace })
    }
  }

  /** Resolves when every event is settled. */
  idle(): Promise<void> {
    if (this.unsettled === 0) return Promise.resolve()
    return new Promise((resolve) => this.whenIdle.push(resolve))
  }

  /** Sends nothing more; events that wait stay unsettled. */
  close(): void {
    this.closing.abort()
  }

  private matches(subscription: Subscription, event: SegmentEvent): boolean {
    return subscription.enabled && this.matcher(subscription)(event)
  }

  private matcher(subscription: Subscription): Matches {
    const known = this.matchers.get(subscription)
    if (known) return known
    const matches = matcherOf(subscription.subscribe) ?? (() => false)
    this.matchers.set(subscription, matches)
    return matches
  }

  private queueOf(subscription: Subscription): Queue<LiveQueued> {
    const queue = this.queues.get(subscription) ?? this.newQueue(subscription)
    this.queues.set(subscription, queue)
    return queue
  }

  private newQueue(subscription: Subscription): Queue<LiveQueued> {
    // The mapping came as JSON, from the page or a file.
    const used = { ...subscription, mapping: subscription.mapping as JSONObject }
    const { sender, retry, gatherMs = GATHER_MS } = this.options
    const send = sender()
    return new Queue<LiveQueued>({
      name: subscription.name,
      order: 'loose',
      identityOrder: this.identityOrder,
      gatherMs,
      limits: batchLimits(used, BATCH_SIZE),
      retry: { ...defaultRetryPolicy, wait, ...retry },
      send: (batch) => this.send(batch, (events) => sendBatchOnce(send, used, events.map(parsed))),
      onPause: (pause) => this.notePause(pause),
      onSettled: (settled) => this.settle(settled),
      signal: this.closing.signal
    })
  }

  /** Events that matched a mapping before it was changed are delivered with its old version, by its old queue. */
  private forgetOldQueues(): void {
    const current = new Set(this.options.subscriptions.list())
    for (const subscription of this.queues.keys()) if (!current.has(subscription)) this.queues.delete(subscription)
  }

  /** Sends a batch once and notes the attempt at each of its events. */
  private async send(
    queued: LiveQueued[],
    sendOnce: (events: LiveQueued[]) => ReturnType<typeof sendBatchOnce>
  ): Promise<Outcome[]> {
    const at = this.options.clock()
    const [sent, exchanges] = await recorded(() => sendOnce(queued))
    const requests = exchanges.map((exchange) => ({ exchange, result: this.options.results.of(exchange) }))
    const named = sent.map((one, position) => ({ name: queued[position].event.arrival.name, sent: one.sent }))
    const batch = batchTrace(requests, named)
    queued.forEach(({ trace }, position) => {
      trace.attempts.push({ at, outcome: sent[position].outcome, nextAttemptAt: null, batch, position })
      trace.noteSent(sentPartsInShort(sent[position].sent, this.options.goalName))
    })
    this.noteKinds(queued, batch)
    this.noteMemory(queued, batch)
    return sent.map(({ outcome }) => outcome)
  }

  /** Kameleoon may read a request after the destination stopped waiting for its answer, so results can come late. */
  private noteKinds(queued: LiveQueued[], batch: BatchTrace): void {
    const note = (): void => {
      const kinds = partKinds(batch)
      queued.forEach(({ trace }, position) => trace.noteKinds(kinds[position]))
    }
    note()
    for (const { result } of batch.requests) {
      result?.whenLate(() => {
        note()
        queued.forEach(({ event }) => event.update())
      })
    }
  }

  private noteMemory(queued: LiveQueued[], { requests }: BatchTrace): void {
    const bytes = requests.reduce((sum, { exchange: { body, response } }) => {
      return sum + (body?.length ?? 0) * 2 + (response?.body?.length ?? 0)
    }, 0)
    queued.forEach(({ event }) => this.options.events.grow(event, bytes / queued.length))
  }

  private notePause({ events, milliseconds }: QueuePause<LiveQueued>): void {
    for (const { trace, event } of events) {
      trace.attempts[trace.attempts.length - 1].nextAttemptAt = this.options.clock() + milliseconds
      event.update()
    }
  }

  private settle({ event, bytes }: LiveQueued): void {
    this.unsettled--
    this.waitingBytes -= bytes
    event.update()
    if (this.unsettled > 0) return
    this.whenIdle.forEach((resolve) => resolve())
    this.whenIdle = []
  }
}

/** The log keeps the text only, which takes less memory than the event. */
function parsed({ text }: LiveQueued): SegmentEvent {
  // It was read as a JSON object before; its content is checked by the destination.
  return JSON.parse(text) as SegmentEvent
}
