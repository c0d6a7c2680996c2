import type { Emulator, EmulatorInput, FaultRule } from '../../src/emulator'
import { unsettled, violationOf } from '../conditions'
import { unsent, type Delivery } from '../driver'
import type { SourceEvent } from '../events'
import { differences, expectedState, knownState } from '../state'
import { deliverBefore } from '../trial'
import { onStage } from './stage'

const BATCH_SIZE = 40
const LONGEST_PAUSE = 4 * 3_600_000

/** Delivers events while these faults strike, until everything is settled. Returns what is not as it must be. */
export function disturbed(events: SourceEvent[], rules: FaultRule[], options: EmulatorInput = {}): Promise<string[]> {
  return onStage({ mapWrites: 'replace', ...options }, async (stage) => {
    const { emulator } = stage
    await deliverBefore(events, stage, BATCH_SIZE)
    const faults = rules.map((rule) => emulator.faults.add(rule))
    const deliveries = unsent(events)
    await stage.deliver(stage.newHost(faults), deliveries, BATCH_SIZE)
    const idle = faults.filter(({ rule, hits }) => hits === 0 && rule.times !== undefined)
    return [
      ...settledAmiss(deliveries),
      ...differences(expectedState(events), knownState(emulator)),
      ...emulator.discarded.map((lost) => `discarded: ${JSON.stringify(lost)}`),
      ...arrivedElsewhere(emulator),
      ...idle.map(({ rule }) => `${rule.method} ${String(rule.path)} met no fault`)
    ]
  })
}

/** Outcomes that are not the expected ones, and pauses that nobody would wait for. */
export function settledAmiss(deliveries: Delivery[]): string[] {
  return [
    ...unsettled(deliveries),
    ...deliveries.flatMap((delivery) => violationOf(delivery) ?? []),
    ...deliveries
      .filter(({ longestPause }) => longestPause > LONGEST_PAUSE)
      .map(({ longestPause }) => `an event had to wait ${longestPause / 3_600_000} hours`)
  ]
}

/** Where redirects of the trials point, on whatever host. */
export const MOVED = '/moved'

function arrivedElsewhere({ misdirected, requests }: Emulator): string[] {
  const followed = requests.filter(({ path }) => path === MOVED)
  return [...new Set([...misdirected, ...followed])].map(
    ({ method, host, path, body, headers }) =>
      `${method} ${host}${path} was called with ${body.length} characters${headers.authorization ? ' and a token' : ''}`
  )
}
