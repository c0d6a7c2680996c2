import { startEmulator, type Emulator, type RecordedRequest } from '../src/emulator'
import { drive, SimulatedTime, unsent, type Delivery } from './driver'
import type { SourceEvent } from './events'
import { addFaults, NEVER, TARGETS, type ActiveFault, type PlannedFault } from './fault-plan'
import { Host } from './host'
import { below, seededRandom, type Random } from './random'
import { knownState, storedNonces, type State } from './state'

export interface TrialOptions {
  seed: number
  batchSize: number
  /** How many batches are under way at the same time. */
  senders: number
  /** What writing a map does at Kameleoon; its pages disagree. */
  mapWrites: 'merge' | 'replace'
  plan?: PlannedFault[]
  /** All tokens expire about every so many requests; never if not set. */
  tokensEndEvery?: number
}

/** What came of one run. */
export interface Trial {
  deliveries: Delivery[]
  state: State
  nonces: string[]
  faults: ActiveFault[]
  /** Requests that met an ended token. */
  unauthorized: number
  /** All requests, those without an answer among them. */
  requests: number
  calls: Map<string, number>
  duplicates: number
  discarded: string[]
  tokens: number
  /** Real seconds. */
  seconds: number
}

/** Runs all events through a destination that knows nothing yet, with the given faults or none. */
export function runTrial(events: readonly SourceEvent[], options: TrialOptions): Promise<Trial> {
  const time = new SimulatedTime()
  return time.during(async () => {
    const log = new RequestLog()
    const emulator = await startEmulator({
      clock: time.now,
      mapWrites: options.mapWrites,
      onRequest: log.add,
      ...MEMORY
    })
    try {
      return await run(events, options, { time, log, emulator })
    } finally {
      await emulator.close()
    }
  })
}

/** Keeps everything that the conditions check; of the requests only their counts. */
const MEMORY = {
  retention: { requests: 1, visitors: 1_000_000, eventsPerVisitor: 1_000_000, maps: 10_000_000, discarded: 100 }
}

interface Stage {
  time: SimulatedTime
  log: RequestLog
  emulator: Emulator
}

async function run(events: readonly SourceEvent[], options: TrialOptions, stage: Stage): Promise<Trial> {
  const { time, log, emulator } = stage
  const { batchSize, senders, plan = [] } = options
  const random = seededRandom(options.seed)
  await deliverBefore(events, stage, batchSize)
  log.clear()
  const faults = addFaults(emulator, plan)
  if (options.tokensEndEvery) endTokens(options.tokensEndEvery, stage, random)
  const hanging = faults.filter(({ rule }) => rule.delayMs === NEVER)
  const timeOuts = () => hanging.reduce((sum, { fault }) => sum + fault.hits, 0)
  const start = process.hrtime.bigint()
  const deliveries = unsent(events)
  await drive(deliveries, { host: new Host(emulator, timeOuts), time, random, batchSize, senders })
  return {
    deliveries,
    state: knownState(emulator),
    nonces: storedNonces(emulator),
    faults,
    unauthorized: log.unauthorized,
    // A request without an answer is never recorded.
    requests: log.total + timeOuts(),
    calls: new Map(log.calls),
    duplicates: emulator.totals.duplicates,
    discarded: emulator.discarded.map((lost) => JSON.stringify(lost)),
    tokens: emulator.tokensIssued,
    seconds: Number(process.hrtime.bigint() - start) / 1e9
  }
}

/** What some events rest on: it arrives first, in peace. */
export async function deliverBefore(
  events: readonly SourceEvent[],
  { emulator, time }: Pick<Stage, 'emulator' | 'time'>,
  batchSize: number
): Promise<void> {
  const before = events.flatMap((event): SourceEvent[] =>
    event.before ? [{ ...event.before, expected: { kind: 'filtered' } }] : []
  )
  const deliveries = unsent(before)
  const random = seededRandom(0)
  await drive(deliveries, { host: new Host(emulator), time, random, batchSize, senders: 1 })
  const failed = deliveries.find(({ outcome }) => outcome?.kind !== 'delivered')
  if (failed) throw new Error(`The trial could not be prepared: ${JSON.stringify(failed)}`)
}

/** Ends all tokens in mid-run, at seeded places some requests apart. */
function endTokens(every: number, { log, emulator }: Stage, random: Random): void {
  const LONGEST_RUN = 200_000
  for (let at = every; at < LONGEST_RUN; at += every + below(every, random)) {
    log.after(at, () => emulator.expireTokens())
  }
}

/** Counts requests by target, and does something after some of them. */
export class RequestLog {
  readonly calls = new Map<string, number>()
  /** Requests that were rejected because their token was no longer valid. */
  unauthorized = 0
  total = 0
  private readonly actions = new Map<number, () => void>()

  readonly add = ({ method, path, status }: RecordedRequest): void => {
    this.total++
    if (status === 401) this.unauthorized++
    const name = TARGETS.find((target) => target.method === method && target.path === path)?.name ?? path
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1)
    this.actions.get(this.total)?.()
  }

  /** Does something after request number `total`, counted from 1. */
  after(total: number, action: () => void): void {
    this.actions.set(total, action)
  }

  clear(): void {
    this.calls.clear()
    this.total = 0
    this.unauthorized = 0
  }
}
