import { mkdtemp, rm } from 'fs/promises'
import os from 'os'
import path from 'path'
import { CASES, type Plan } from './cases'
import { mixedEventText, writeEventFile } from './events'
import { deliverToSink } from './file-trial'
import { RunningCase, startSink, type RunningSink } from './processes'
import { takeCounts } from './sink-answers'

/** Events a second of the command and of what it is compared with, one after another. */
export interface DeliveryRound {
  deliver: number
  /** The mean of a pass before and one after. */
  framework: number
  official: number
  /** A mix of events, each answer 30 milliseconds late: several batches at once, and one at a time. */
  mixedAtOnce: number
  mixedInTurn: number
}

/** As far away as a host in the same country. */
const LATENCY_MS = 30
const FRAMEWORK_EVENTS = 50_000
const OFFICIAL_EVENTS = 2_000

/** Delivers files with the command to a receiver in another process. */
export async function deliveryRounds(plan: Plan, say: (text: string) => void): Promise<DeliveryRound[]> {
  const { events, mixed, rounds } = plan.deliveries
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-'))
  const sink = await startSink({ keepsBodies: false })
  const slowSink = await startSink({ keepsBodies: false, latencyMs: LATENCY_MS })
  const checking = await startSink()
  try {
    const files = { track: path.join(folder, 'track.ndjson'), mixed: path.join(folder, 'mixed.ndjson') }
    await writeEventFile(files.track, events)
    await writeEventFile(files.mixed, mixed, mixedEventText)
    const found: DeliveryRound[] = []
    for (let round = 1; round <= rounds; round++) {
      say(`delivery ${round} of ${rounds}`)
      const before = await passOf('framework-batch-1000', Math.min(events, FRAMEWORK_EVENTS), checking, plan)
      const deliver = await delivered(files.track, events, sink)
      const after = await passOf('framework-batch-1000', Math.min(events, FRAMEWORK_EVENTS), checking, plan)
      const official = await passOf('official-single', Math.min(events, OFFICIAL_EVENTS), checking, plan)
      const mixedAtOnce = await delivered(files.mixed, mixed, slowSink)
      const mixedInTurn = await delivered(files.mixed, mixed, slowSink, ['--concurrency', '1'])
      found.push({ deliver, framework: (before + after) / 2, official, mixedAtOnce, mixedInTurn })
    }
    return found
  } finally {
    for (const one of [sink, slowSink, checking]) one.stop()
    await rm(folder, { recursive: true })
  }
}

/** Events a second of one case, in a process of its own. */
async function passOf(name: string, events: number, sink: RunningSink, plan: Plan): Promise<number> {
  const one = CASES.find((known) => known.name === name)
  if (!one) throw new Error(`There is no case ${name}.`)
  const running = new RunningCase(one, sink.url)
  try {
    await running.warmUp(plan.warmUp)
    const pass = await running.send(events)
    return pass.events / pass.seconds
  } finally {
    running.stop()
  }
}

async function delivered(file: string, events: number, sink: RunningSink, args: string[] = []): Promise<number> {
  const { seconds } = await deliverToSink(file, events, sink.url, args)
  await takeCounts(sink.url)
  return events / seconds
}
