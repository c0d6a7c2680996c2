import type { FaultRule } from '../../src/emulator'
import { sourceEvents } from '../events'
import { differences, expectedState, knownState } from '../state'
import { deliverBefore } from '../trial'
import { settledAmiss } from './disturbed'
import { outcomesAmiss, together, type Outage } from './outage'
import { onStage } from './stage'

const HOUR = 3_600_000
const BATCH_SIZE = 40

/** Not the fault of any credentials. */
const FAULTS: Record<string, FaultRule> = {
  ...Object.fromEntries([400, 404, 405, 410, 413, 418, 429, 500, 503].map((status) => [String(status), { status }])),
  'a page in HTML': { status: 200, body: '<html>Maintenance</html>' },
  'a 400 of a proxy': { status: 400, body: '<html>Bad request</html>' },
  'no token': { status: 200, body: { token_type: 'Bearer' } },
  'no answer': { reset: 'before' }
}

export const tokenDown: Outage = {
  condition: 'a token endpoint that fails for hours costs no event',
  measure: async (size) => {
    const findings = []
    for (const [name, fault] of Object.entries(FAULTS)) {
      findings.push({ name, violations: await hoursWithoutToken(size === 'short' ? 100 : 400, fault) })
    }
    return together(`${findings.length} failures`, findings)
  }
}

/** Events that are right are neither delivered nor rejected while there is no token, and delivered afterwards. */
function hoursWithoutToken(count: number, fault: FaultRule): Promise<string[]> {
  const events = sourceEvents(count, 15).filter(({ expected }) => expected.kind === 'delivered')
  return onStage({ mapWrites: 'replace' }, async (stage) => {
    const { emulator, time } = stage
    await deliverBefore(events, stage, BATCH_SIZE)
    emulator.faults.add({ path: '/oauth/token', ...fault })
    const host = stage.newHost()
    const deliveries = await stage.sendOnce(host, events, BATCH_SIZE)
    time.advance(3 * HOUR)
    await stage.deliver(host, deliveries, BATCH_SIZE, 1)
    const final = outcomesAmiss(deliveries, ({ attempts }) => attempts === 2)
    emulator.faults.clear()
    await stage.deliver(host, deliveries, BATCH_SIZE)
    return [...final, ...settledAmiss(deliveries), ...differences(expectedState(events), knownState(emulator))]
  })
}
