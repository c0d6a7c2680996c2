import type { SegmentEvent } from '@segment/actions-core'
import { batchLimits, sendBatchOnce } from './batch'
import { ChangedSourceError, RunState } from './checkpoint'
import { isOld, unmatchedReason } from './event-facts'
import { identitiesOf, IdentityOrder, personOf } from './identity-order'
import { filteredByIntegrations } from './integrations'
import { Queue } from './queue'
import type { QueuedEvent } from './queue-options'
import { defaultRetryPolicy } from './retry-policy'
import type { DeliveryRun } from './delivery-run'
import { RunStop } from './run-stop'
import { Settlement } from './settlement'
import type { EventLine, SourceLine, SourcePlace } from './source'
import { storedDataUse } from './stored-data-use'
import { matcherOf, type Matches, type Subscription } from './subscription'
import type { Stop, Summary } from './summary'

/** An event in a queue. */
interface QueuedLine extends QueuedEvent {
  line: EventLine
}

/** A subscription in a run. */
interface SubscriptionQueue {
  index: number
  subscription: Subscription
  matches: Matches
  queue: Queue<QueuedLine>
}

/** Segment's default. https://segment.com/docs/partners/destinations/actions/ */
const DEFAULT_BATCH_SIZE = 1000

/** One run: takes lines, hands their events to the queues of its subscriptions, and ends with a summary. */
export class Delivery {
  private readonly begin = performance.now()
  private readonly order = new IdentityOrder()
  private readonly runStop = new RunStop()
  private readonly state: RunState
  private readonly settlement: Settlement
  private readonly subscriptions: SubscriptionQueue[]
  /** Lines that a stopped run had read. They are sent once it is clear that the source is still the same. */
  private readonly resumed: number
  private heldBack: EventLine[] = []
  private isChecked: boolean
  private newLines = 0
  private last: SourcePlace | undefined

  constructor(private readonly run: DeliveryRun) {
    this.state = new RunState(run.subscriptions, run.stopped)
    this.resumed = this.state.read
    this.isChecked = this.resumed === 0
    this.settlement = new Settlement(run, this.state, this.runStop)
    this.subscriptions = run.subscriptions.map((subscription, index) => {
      const matches = matcherOf(subscription.subscribe)
      if (matches) return { index, subscription, matches, queue: this.queueOf(index, subscription) }
      throw new Error(`Subscription "${subscription.name}" has no valid query: ${subscription.subscribe}`)
    })
  }

  /** True when nothing more is to be read. */
  get hasStopped(): boolean {
    return this.runStop.reason !== undefined
  }

  stop(cause: Stop['cause'], reason: string): void {
    this.runStop.stop(cause, reason)
  }

  /** What the promise resolves to, or undefined as soon as the run stops. */
  orStopped<Result>(promise: Promise<Result>): Promise<Result | undefined> {
    return this.runStop.or(promise)
  }

  /** Takes the next lines, no faster than the destination takes events. */
  async receive(lines: readonly SourceLine[]): Promise<void> {
    const now = Date.now()
    for (const line of lines) {
      if (this.hasStopped) break
      const room = line.number <= this.resumed ? this.receiveAgain(line) : this.receiveNew(line, now)
      // Nearly all lines find room, and a wait for each of them would take as long as to match its event.
      if (room) await room
    }
    this.run.onReceived?.(this.state.tally.received)
    this.settlement.pass()
  }

  /** @throws ChangedSourceError when it ended before the place where the stopped run was */
  sourceEnded(): void {
    if (!this.isChecked) throw changed()
  }

  /**
   * Sends what waits and resolves when everything is settled, or when a run that was stopped has settled what was under way.
   * @param failure why the source could not be read to its end
   */
  async finish(failure: string | undefined): Promise<Summary> {
    if (failure !== undefined) this.runStop.stopReading('source', failure)
    await this.runStop.settling(Promise.all(this.subscriptions.map(({ queue }) => queue.finish())))
    this.settlement.end()
    return this.summary()
  }

  private summary(): Summary {
    const { tally, unsettledCount } = this.state
    const counted = tally.summary()
    const { reason } = this.runStop
    const seconds = (performance.now() - this.begin) / 1000
    const after = this.last ? { file: this.last.file, line: this.last.line } : null
    return {
      ...counted,
      unsettled: unsettledCount - counted.undelivered,
      retries: this.settlement.retries,
      seconds,
      linesPerSecond: this.newLines / seconds,
      ...(reason ? { stopped: { ...reason, after } } : {})
    }
  }

  /** A line that the stopped run had read already. Of those, only what it left unsettled is sent. */
  private async receiveAgain(line: SourceLine): Promise<void> {
    this.last = line
    if (line.kind === 'event') this.heldBack.push(line)
    if (line.number < this.resumed) return
    if (line.checksum !== this.state.checksum) throw changed()
    this.isChecked = true
    for (const held of this.heldBack.splice(0)) await this.send(held, this.matching(held.event), false)
  }

  /** @returns what to wait for before the next line; undefined when there is room for more events */
  private receiveNew(line: SourceLine, now: number): Promise<void> | undefined {
    if (this.run.limit !== undefined && this.newLines === this.run.limit) {
      this.runStop.stopReading('limit', `--limit is ${this.run.limit}`)
      return undefined
    }
    // A line whose result cannot be written counts as not read.
    if (line.kind === 'unreadable' && !this.settlement.unreadable(line)) return undefined
    this.newLines++
    this.last = line
    this.state.pass(line)
    return line.kind === 'event' ? this.receiveEvent(line, now) : undefined
  }

  private receiveEvent(line: EventLine, now: number): Promise<void> | undefined {
    const turnedOff = filteredByIntegrations(line.event, this.run.destination)
    const matching = turnedOff === null ? this.matching(line.event) : []
    if (matching.length === 0) {
      this.settlement.unmatched(line, turnedOff ?? unmatchedReason(line.event))
      return undefined
    }
    if (isOld(line.event, now)) this.state.tally.old++
    return this.send(line, matching, true)
  }

  private matching(event: SegmentEvent): SubscriptionQueue[] {
    return this.subscriptions.filter(({ matches }) => matches(event))
  }

  /** @returns a promise of room in the queues that are full now; undefined when none is */
  private send(line: EventLine, matching: SubscriptionQueue[], isNew: boolean): Promise<void> | undefined {
    const { event, number, bytes } = line
    const identities = identitiesOf(event)
    const person = personOf(identities)
    const open = matching.filter(({ index }) => this.state.isOpen(index, number, isNew))
    // All are entered before the first may be sent, so that a checkpoint in between has the others.
    open.forEach(({ index }) => this.state.enter(index, number))
    for (const { subscription, queue } of open) {
      const { mayWrite, mayLink, needsLink } = storedDataUse(subscription, event)
      queue.add({ line, bytes, number, identities, person, mayWrite, mayLink, needsLink })
    }
    return open.some(({ queue }) => queue.isFull) ? this.room(open) : undefined
  }

  private async room(open: SubscriptionQueue[]): Promise<void> {
    for (const { queue } of open) await queue.room()
  }

  private queueOf(index: number, subscription: Subscription): Queue<QueuedLine> {
    const { run, settlement, order } = this
    return new Queue<QueuedLine>({
      name: subscription.name,
      order: 'strict',
      concurrency: run.concurrency ?? 1,
      identityOrder: order,
      send: async (events) => {
        const sent = await sendBatchOnce(
          run.send,
          subscription,
          events.map(({ line }) => line.event)
        )
        return sent.map(({ outcome }) => outcome)
      },
      limits: batchLimits(subscription, run.batchSize ?? DEFAULT_BATCH_SIZE),
      retry: { ...defaultRetryPolicy, ...run.retry },
      signal: this.runStop.signal,
      onSettled: ({ line }, outcome) => settlement.settle(index, line, outcome),
      onSent: (attempt) => settlement.sent(index, attempt),
      onPause: ({ events, milliseconds, reason }) =>
        run.onPause?.({ subscription, events: events.length, milliseconds, reason })
    })
  }
}

const changed = (): ChangedSourceError =>
  new ChangedSourceError('The source does not begin as it did in the stopped run')
