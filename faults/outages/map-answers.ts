import type { FaultRule } from '../../src/emulator'
import { sourceEvents } from '../events'
import { differences, expectedState, knownState } from '../state'
import { settledAmiss } from './disturbed'
import { isDelivered, ofSubscriptions, outcomesAmiss, together, type Outage } from './outage'
import { onStage } from './stage'

/** "Nothing is stored": such a read must cost no event, and no second try. */
const NOTHING_STORED: Record<string, FaultRule> = {
  '404': { status: 404 },
  '404 without a body': { status: 404, body: '' },
  '204': { status: 204 },
  'an empty body': { status: 200, body: '' }
}

/** Says nothing about what is stored, so the read is tried again. */
const UNREADABLE: Record<string, FaultRule> = {
  text: { status: 200, body: 'OK' },
  HTML: { status: 200, body: '<html><body>Maintenance</body></html>' },
  'broken JSON': { status: 200, body: '{"IDENTIFY_' },
  'an array': { status: 200, body: [] },
  'an array of maps': { status: 200, body: [{ plan: 'gold' }] },
  'a number': { status: 200, body: '0' },
  'an error object': { status: 200, body: { message: 'Internal error' } },
  'another error object': { status: 200, body: { error: { code: 500 } } },
  'maps as text': { mistake: 'text maps' },
  'maps of other keys': { mistake: 'other keys' },
  '502': { status: 502 }
}

const READ = { method: 'GET', path: '/map/maps' }
const BATCH_SIZE = 40

export const mapAnswers: Outage = {
  condition: 'no stored field is lost by an odd answer to a read, and "nothing stored" costs no event',
  measure: async (size) => {
    const count = size === 'short' ? 150 : 600
    const findings = []
    for (const [name, fault] of Object.entries(NOTHING_STORED)) {
      findings.push({ name, violations: await firstReads(count, fault) })
    }
    for (const [name, fault] of Object.entries(UNREADABLE)) {
      findings.push({ name, violations: await laterReads(count, fault) })
    }
    return together(`${findings.length} answers`, findings)
  }
}

/** The first traits of visitors: all in one batch, since nothing may be read back. */
function firstReads(count: number, fault: FaultRule): Promise<string[]> {
  const events = ofSubscriptions(sourceEvents(count, 13), 'identify').filter(
    ({ expected }) => expected.kind === 'delivered'
  )
  return onStage({ mapWrites: 'replace' }, async (stage) => {
    stage.emulator.faults.add({ ...READ, ...fault })
    const deliveries = await stage.sendOnce(stage.newHost(), events, events.length)
    return [
      ...outcomesAmiss(deliveries, isDelivered),
      ...differences(expectedState(events), knownState(stage.emulator))
    ]
  })
}

/** Half of the events are stored in peace, and must still be there when the others have met their fault. */
function laterReads(count: number, fault: FaultRule): Promise<string[]> {
  const events = sourceEvents(count, 14).filter(({ before }) => before === undefined)
  const half = Math.floor(events.length / 2)
  return onStage({ mapWrites: 'replace' }, async (stage) => {
    await stage.sendOnce(stage.newHost(), events.slice(0, half), BATCH_SIZE)
    const struck = stage.emulator.faults.add({ ...READ, times: 12, ...fault })
    const later = await stage.sendOnce(stage.newHost(), events.slice(half), BATCH_SIZE)
    stage.emulator.faults.clear()
    await stage.deliver(stage.newHost(), later, BATCH_SIZE)
    return [
      ...(struck.hits === 0 ? ['no read met this answer'] : []),
      ...settledAmiss(later),
      ...differences(expectedState(events), knownState(stage.emulator))
    ]
  })
}
