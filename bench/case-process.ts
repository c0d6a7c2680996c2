import { CASES, type Case } from './cases'
import { sendAll, senderOf } from './flow'
import { ownMicroseconds } from './own-code'
import { takeCounts, type Counts } from './sink-answers'
import { SUBJECTS } from './subjects'

/** Which case this process stands for, as its first argument in JSON. */
export interface CaseStart {
  name: string
  sinkUrl: string
}

/** A task for the process: warm up, send events from number `first` on, or report its results. */
export type CaseOrder =
  | { task: 'warm up'; events: number }
  | { task: 'send'; first: number; events: number }
  | { task: 'end'; ownPasses: number; ownEvents: number }

/** How sending went. */
export interface Pass {
  events: number
  seconds: number
  /** Time of the processor, of all threads of this process. */
  cpuSeconds: number
  requests: number
  bytes: number
}

/** What is known when all passes are over. */
export interface CaseEnd {
  /** Memory of this process at its highest. */
  peakBytes: number
  /** Microseconds an event; of our own destination only. */
  own?: number
}

// A process of its own, so that peak memory and compiled code are those of one case. Several stand side by side and work
// by turns.

// The parent writes a CaseStart, and a CaseOrder with every message.
const { name, sinkUrl } = JSON.parse(process.argv[2]) as CaseStart
const one = caseNamed(name)
const { batchSize, inFlight, subject } = one
const flow = {
  send: senderOf(SUBJECTS[subject](), sinkUrl, batchSize !== undefined),
  batchSize: batchSize ?? 1,
  inFlight
}

function answerTo(order: CaseOrder): Promise<'warm' | Pass | CaseEnd> {
  if (order.task === 'warm up') return warmUp(order.events)
  if (order.task === 'send') return pass(order.first, order.events)
  return end(order.ownPasses, order.ownEvents)
}

/** The first events also bring requests for the token and the goals, so their requests are not counted. */
async function warmUp(events: number): Promise<'warm'> {
  await sendAll(flow, 0, events)
  await takeCounts(sinkUrl)
  return 'warm'
}

async function pass(first: number, events: number): Promise<Pass> {
  const elapsed = await sendAll(flow, first, events)
  const counts = await takeCounts(sinkUrl)
  requireEachOnce(one, events, counts)
  const { requests, bytes } = counts
  return { events, ...elapsed, requests, bytes }
}

async function end(passes: number, events: number): Promise<CaseEnd> {
  const peakBytes = process.resourceUsage().maxRSS * 1024
  if (subject !== 'ours') return { peakBytes }
  return { peakBytes, own: await ownMicroseconds({ batchSize, passes, events }) }
}

function caseNamed(wanted: string): Case {
  const found = CASES.find(({ name }) => name === wanted)
  if (!found) throw new Error(`There is no case ${wanted}.`)
  return found
}

function requireEachOnce({ name, subject, batchSize = 1 }: Case, sent: number, counts: Counts): void {
  const { events, distinct, requests } = counts
  const expected = subject === 'framework' ? 0 : sent
  // Sending alone repeats one text.
  const expectedDistinct = subject === 'sending' ? 1 : expected
  if (events !== expected || distinct !== expectedDistinct) {
    throw new Error(`${name}: ${sent} events sent, ${events} arrived, ${distinct} of them different.`)
  }
  if (requests !== Math.ceil(expected / batchSize)) {
    throw new Error(`${name}: ${requests} requests for ${expected} events in batches of ${batchSize}.`)
  }
}

process.on('message', (order: CaseOrder) => {
  void answerTo(order).then((answer) => process.send?.(answer))
})
process.on('disconnect', () => process.exit())
