import { sourceEvents, type SourceEvent } from './events'
import { planFaults } from './fault-plan'
import { seededRandom } from './random'
import { runTrial, type Trial } from './trial'

export interface SuiteOptions {
  /** How many events. */
  events: number
  batchSize: number
  /** How many batches are under way at the same time. With one, a seed always gives the same run. */
  senders: number
  seed: number
  mapWrites: 'merge' | 'replace'
}

/** The same events twice: in peace, and with faults. */
export interface SuiteResult {
  options: SuiteOptions
  events: SourceEvent[]
  calm: Trial
  faulty: Trial
}

/** About how often tokens expire in a run, and the minimum of requests in between: a token rejected twice in a row is a final error. */
const TOKEN_ENDS = 12
const BETWEEN_TOKEN_ENDS = 60

export async function runSuite(options: SuiteOptions): Promise<SuiteResult> {
  const { seed } = options
  const events = sourceEvents(options.events, seed)
  const calm = await runTrial(events, options)
  const plan = planFaults(calm.calls, seededRandom(seed + 1))
  const tokensEndEvery = Math.max(BETWEEN_TOKEN_ENDS, Math.floor(calm.requests / TOKEN_ENDS))
  const faulty = await runTrial(events, { ...options, plan, tokensEndEvery })
  return { options, events, calm, faulty }
}
