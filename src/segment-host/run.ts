import type { SegmentEvent } from '@segment/actions-core'
import type { Pause } from './batch-delivery'
import { batchLimits } from './batch'
import type { SendBatch } from './destination'
import { messageOf } from './errors'
import type { EventLine, SourceLine } from './event-line'
import { Lane } from './lane'
import type { Outcome } from './outcome'
import { defaultRetryPolicy, type RetryPolicy } from './retry-policy'
import { filteredByIntegrations, matcherOf, type Matches, type Subscription } from './subscription'
import { Tally, type Summary } from './summary'

/** The outcome of one line in one subscription; `subscription` is null where none took part. */
export interface Settled {
  line: number
  text: string | null
  subscription: Subscription | null
  outcome: Outcome
}

export interface DeliveryRun {
  /** Name of the destination, by which events may keep themselves from it in their `integrations`. */
  destination: string
  subscriptions: Subscription[]
  send: SendBatch
  /** Most events in a batch; a mapping may ask for fewer. Default 1000. */
  batchSize?: number
  retry?: Partial<RetryPolicy>
  onReceived?: (received: number) => void
  onSettled?: (settled: Settled) => void
  onPause?: (pause: Pause) => void
}

interface Route {
  lane: Lane
  matches: Matches
}

const DEFAULT_BATCH_SIZE = 1000
const LONGEST_NAME = 80

/**
 * Runs a source of events through subscriptions, as Segment does between a source and a destination: every event to each
 * subscription it matches, in batches, sent again where that may help. Subscriptions run side by side, the batches of
 * one after another. Resolves when everything is settled, also when the source breaks off.
 */
export async function runDelivery(
  lines: AsyncIterable<SourceLine> | Iterable<SourceLine>,
  run: DeliveryRun
): Promise<Summary> {
  const tally = new Tally(run.subscriptions)
  const routes = run.subscriptions.map((subscription) => routeOf(subscription, run, tally))
  let afterLine = 0
  let interruption: string | undefined
  try {
    for await (const line of lines) {
      afterLine = line.line
      tally.received++
      run.onReceived?.(tally.received)
      await take(line, routes, run, tally)
    }
  } catch (error) {
    interruption = messageOf(error)
  }
  await Promise.all(routes.map(({ lane }) => lane.finish()))
  const summary = tally.summary()
  return interruption === undefined ? summary : { ...summary, interrupted: { afterLine, reason: interruption } }
}

function routeOf(subscription: Subscription, run: DeliveryRun, tally: Tally): Route {
  const matches = matcherOf(subscription.subscribe)
  if (!matches) throw new Error(`Subscription "${subscription.name}" has no valid query: ${subscription.subscribe}`)
  const delivery = {
    send: run.send,
    subscription,
    retry: { ...defaultRetryPolicy, ...run.retry },
    onSettled: ({ line, text }: { line: number; text: string }, outcome: Outcome): void => {
      tally.add(subscription, outcome)
      run.onSettled?.({ line, text, subscription, outcome })
    },
    onPause: (pause: Pause): void => run.onPause?.(pause)
  }
  return { matches, lane: new Lane(delivery, batchLimits(subscription, run.batchSize ?? DEFAULT_BATCH_SIZE)) }
}

async function take(line: SourceLine, routes: Route[], run: DeliveryRun, tally: Tally): Promise<void> {
  if (line.kind === 'unreadable') {
    tally.unreadable.add(line.reason)
    const outcome: Outcome = { kind: 'rejected', status: 400, reason: line.reason }
    return run.onSettled?.({ line: line.line, text: line.text, subscription: null, outcome })
  }
  const reason = filteredByIntegrations({ ...line.event }, run.destination)
  if (reason !== null) return leaveOut(line, reason, run, tally)
  const taking = routes.filter(({ matches }) => matches(line.event))
  if (taking.length === 0) return leaveOut(line, `no subscription matched: ${describe(line.event)}`, run, tally)
  for (const { lane } of taking) await lane.add(line)
}

function leaveOut({ line, text }: EventLine, reason: string, run: DeliveryRun, tally: Tally): void {
  tally.unmatched.add(reason)
  run.onSettled?.({ line, text, subscription: null, outcome: { kind: 'filtered', reason } })
}

function describe(event: SegmentEvent): string {
  const { type, event: name }: { type?: unknown; event?: unknown } = event
  if (type === undefined) return 'no type'
  const kind = typeof type === 'string' ? `type ${type.slice(0, LONGEST_NAME)}` : 'type is not text'
  return typeof name === 'string' ? `${kind}, event "${name.slice(0, LONGEST_NAME)}"` : kind
}
