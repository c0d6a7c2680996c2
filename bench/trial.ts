import { CASES, type Case } from './cases'
import { sendAll } from './flow'
import { ownMicroseconds } from './own-code'
import { takeCounts } from './running-sink'
import { senderOf } from './sender'
import type { Counts } from './sink-counts'
import { SUBJECTS } from './subjects'

/** What a trial is to do, as its first argument in JSON. */
export interface TrialOrder {
  case: string
  sinkUrl: string
  warmUp: number
  events: number
  ownPasses: number
  ownEvents: number
}

/** What one case did in one round. */
export interface Trial {
  events: number
  seconds: number
  cpuSeconds: number
  requests: number
  bytes: number
  peakBytes: number
  /** Microseconds an event; of our own destination only. */
  own?: number
}

// A process of its own, so that peak memory and compiled code are those of one case.

async function run(order: TrialOrder): Promise<Trial> {
  const one = CASES.find(({ name }) => name === order.case)
  if (!one) throw new Error(`There is no case ${order.case}.`)
  const { batchSize, inFlight, subject } = one
  const send = senderOf(SUBJECTS[subject](), order.sinkUrl, batchSize !== undefined)
  const flow = { send, batchSize: batchSize ?? 1, inFlight }
  await sendAll(flow, 0, order.warmUp)
  await takeCounts(order.sinkUrl)
  const elapsed = await sendAll(flow, order.warmUp, order.events)
  const peakBytes = process.resourceUsage().maxRSS * 1024
  const counts = await takeCounts(order.sinkUrl)
  requireEachOnce(one, order.events, counts)
  const { requests, bytes } = counts
  const trial: Trial = { events: order.events, ...elapsed, requests, bytes, peakBytes }
  if (subject !== 'ours') return trial
  const own = await ownMicroseconds({ batchSize, passes: order.ownPasses, events: order.ownEvents })
  return { ...trial, own }
}

function requireEachOnce({ name, subject, batchSize = 1 }: Case, sent: number, counts: Counts): void {
  const expected = subject === 'framework' ? 0 : sent
  const { events, distinct, requests } = counts
  if (events !== expected || distinct !== expected) {
    throw new Error(`${name}: ${sent} events sent, ${events} arrived, ${distinct} of them different.`)
  }
  if (requests !== Math.ceil(expected / batchSize)) {
    throw new Error(`${name}: ${requests} requests for ${expected} events in batches of ${batchSize}.`)
  }
}

// The parent writes a TrialOrder.
void run(JSON.parse(process.argv[2]) as TrialOrder).then((trial) => process.send?.(trial, () => process.exit()))
