import type { SegmentEvent } from '@segment/actions-core'
import { batchLimits, sendBatchOnce } from './batch'
import type { SendBatch } from './destination'
import { messageOf } from './errors'
import { storedDataUse } from './stored-data-use'
import { filteredByIntegrations, type CatalogEntry } from './integrations'
import type { Outcome } from './outcome'
import { identitiesOf, IdentityOrder } from './identity-order'
import { Queue, type QueuedEvent, type QueuePause } from './queue'
import { defaultRetryPolicy, type RetryPolicy } from './retry-policy'
import type { EventLine, Source, SourceLine } from './source'
import { matcherOf, type Matches, type Subscription } from './subscription'
import { Tally, type Summary } from './summary'

/** The outcome of one line in one subscription; `subscription` is null when no subscription was involved. */
export interface Settled {
  line: number
  text: string | null
  subscription: Subscription | null
  outcome: Outcome
}

/** A pause before events of a subscription are sent again. */
export interface Pause {
  subscription: Subscription
  events: number
  milliseconds: number
  reason: string
}

export interface DeliveryRun {
  /** The destination, which events can turn off in their `integrations` object. */
  destination: CatalogEntry
  subscriptions: Subscription[]
  send: SendBatch
  /** Most events in a batch; a mapping may ask for fewer. Default 1000. */
  batchSize?: number
  retry?: Partial<RetryPolicy>
  /** Called for every line, with the number of lines so far. */
  onReceived?: (received: number) => void
  onSettled?: (settled: Settled) => void
  onPause?: (pause: Pause) => void
}

type ReadLine = Exclude<SourceLine, { kind: 'passed' }>

/** An event in the queue of a subscription, without the parsed event, which would take more memory than the text. */
type QueuedLine = Pick<EventLine, 'line' | 'text' | 'bytes'> & QueuedEvent

interface SubscriptionQueue {
  subscription: Subscription
  queue: Queue<QueuedLine>
  matches: Matches
}

/** Segment's default. https://segment.com/docs/partners/destinations/actions/ */
const DEFAULT_BATCH_SIZE = 1000
/** Characters of an event's type or name in a reason. */
const LONGEST_NAME = 80

/**
 * Delivers a source of events as Segment does between a source and a destination: every event goes to each subscription it
 * matches, in batches, and is sent again where that may help. Subscriptions run at the same time; the batches of one
 * subscription are sent in order. Resolves when every event is settled, also when reading the source fails.
 * @throws Error when a subscription has no valid query, and whatever a callback throws
 */
export async function runDelivery(source: Source, run: DeliveryRun): Promise<Summary> {
  const tally = new Tally(run.subscriptions)
  const order = new IdentityOrder()
  const queues = run.subscriptions.map((subscription) => queueOf(subscription, run, tally, order))
  let afterLine = 0
  let interruption: string | undefined
  try {
    for await (const lines of source) {
      for (const line of lines) {
        if (line.kind === 'passed') continue
        afterLine = line.line
        tally.received++
        run.onReceived?.(tally.received)
        await receive(line, queues, run, tally)
      }
    }
  } catch (error) {
    interruption = messageOf(error)
  }
  await Promise.all(queues.map(({ queue }) => queue.finish()))
  const summary = tally.summary()
  return interruption === undefined ? summary : { ...summary, interrupted: { afterLine, reason: interruption } }
}

function queueOf(
  subscription: Subscription,
  run: DeliveryRun,
  tally: Tally,
  identityOrder: IdentityOrder
): SubscriptionQueue {
  const matches = matcherOf(subscription.subscribe)
  if (!matches) throw new Error(`Subscription "${subscription.name}" has no valid query: ${subscription.subscribe}`)
  const queue = new Queue<QueuedLine>({
    name: subscription.name,
    order: 'strict',
    identityOrder,
    send: async (events) => (await sendBatchOnce(run.send, subscription, events)).map(({ outcome }) => outcome),
    limits: batchLimits(subscription, run.batchSize ?? DEFAULT_BATCH_SIZE),
    retry: { ...defaultRetryPolicy, ...run.retry },
    onSettled: ({ line, text }, outcome) => {
      tally.add(subscription, outcome)
      run.onSettled?.({ line, text, subscription, outcome })
    },
    onPause: ({ events, milliseconds, reason }: QueuePause<QueuedLine>) =>
      run.onPause?.({ subscription, events: events.length, milliseconds, reason })
  })
  return { subscription, matches, queue }
}

async function receive(line: ReadLine, queues: SubscriptionQueue[], run: DeliveryRun, tally: Tally): Promise<void> {
  if (line.kind === 'unreadable') {
    tally.unreadable.add(line.reason)
    const outcome: Outcome = { kind: 'rejected', status: 400, reason: line.reason }
    return run.onSettled?.({ line: line.line, text: line.text, subscription: null, outcome })
  }
  const reason = filteredByIntegrations({ ...line.event }, run.destination)
  if (reason !== null) return filter(line, reason, run, tally)
  const matching = queues.filter(({ matches }) => matches(line.event))
  if (matching.length === 0) return filter(line, `no subscription matched: ${describe(line.event)}`, run, tally)
  if (isOld(line.event)) tally.old++
  const { line: number, text, bytes, event } = line
  const identities = identitiesOf(event)
  for (const { subscription, queue } of matching) {
    queue.add({ line: number, text, bytes, number, identities, ...storedDataUse(subscription, event) })
    // The source is read no faster than the destination takes events.
    if (queue.isFull) await queue.room()
  }
}

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000

/** Segment did not exist before, so an earlier time is that of a clock that was never set. */
const EARLIEST_TIME = Date.UTC(2010, 0, 1)

/** Whether an event happened more than a day ago, which matters where a destination counts events when they arrive. */
function isOld({ timestamp }: SegmentEvent): boolean {
  const time = new Date(timestamp ?? NaN).getTime()
  return time >= EARLIEST_TIME && time < Date.now() - DAY_MILLISECONDS
}

function filter({ line, text }: EventLine, reason: string, run: DeliveryRun, tally: Tally): void {
  tally.unmatched.add(reason)
  run.onSettled?.({ line, text, subscription: null, outcome: { kind: 'filtered', reason } })
}

function describe(event: SegmentEvent): string {
  const { type, event: name }: { type?: unknown; event?: unknown } = event
  if (type === undefined) return 'no type'
  const kind = typeof type === 'string' ? `type ${type.slice(0, LONGEST_NAME)}` : 'type is not text'
  return typeof name === 'string' ? `${kind}, event "${name.slice(0, LONGEST_NAME)}"` : kind
}
