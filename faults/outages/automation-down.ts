import type { FaultRule } from '../../src/emulator'
import { isPending, type Delivery } from '../driver'
import type { SourceEvent } from '../events'
import { differences, expectedState, knownState } from '../state'
import { conversionOf } from './conversions'
import { settledAmiss } from './disturbed'
import { isDelivered, outcomesAmiss, together, type Outage } from './outage'
import { onStage, type Stage } from './stage'

const MINUTE = 60_000

/** When events come, in minutes after the last good reading. */
const MOMENTS = [11, 60, 5 * 60, 11 * 60]

const KNOWN = ['Order Completed', 'Newsletter signup', 'Product Added']

/** The goals that the emulator has for these events. */
const GOALS = new Map([['Product Added', 'SegmentIO track - Product Added']])

/** Ways in which the lists are not to be had. The last two end a connection in place of a silence, which nobody waits for here. */
const FAULTS: Record<string, FaultRule> = {
  ...Object.fromEntries([400, 403, 404, 408, 410, 429, 500, 503].map((status) => [String(status), { status }])),
  'a page in HTML': { status: 200, body: '<html>Maintenance</html>' },
  'an object': { status: 200, body: { message: 'Try later.' } },
  'no answer': { reset: 'before' },
  'lost answers': { reset: 'after' }
}

export const automationDown: Outage = {
  condition: 'known goals convert at once while the Automation API is down for eleven hours',
  measure: async (size) => {
    const perMoment = size === 'short' ? 30 : 300
    const findings = []
    let events = 0
    for (const [name, fault] of Object.entries(FAULTS)) {
      const { sent, violations } = await onStage({ mapWrites: 'replace' }, (stage) => hours(stage, perMoment, fault))
      events += sent
      findings.push({ name, violations })
    }
    const late = findings.reduce((sum, { violations }) => sum + violations.length, 0)
    return together(`${findings.length} failures, ${events} events of known goals, ${late} amiss`, findings)
  }
}

/** The goals are read once; then the lists fail, and events come for hours. New names among them wait until the end. */
async function hours(stage: Stage, perMoment: number, fault: FaultRule) {
  const { emulator, time } = stage
  const host = stage.newHost()
  const start = KNOWN.map((name, index) => conversionOf(`start-${index}`, `visitor${index}`, name, GOALS.get(name)))
  const first = await stage.sendOnce(host, start, start.length)
  emulator.faults.add({ path: /^\/(sites|goals|custom-datas)$/, ...fault })
  const known: Delivery[] = []
  const unknown: Delivery[] = []
  let passed = 0
  for (const moment of MOMENTS) {
    time.advance((moment - passed) * MINUTE)
    passed = moment
    const events = Array.from({ length: perMoment }, (_, index) => eventAt(moment, index))
    for (const delivery of await stage.sendOnce(host, events, perMoment)) {
      ;(delivery.source.text.includes('"Brand new') ? unknown : known).push(delivery)
    }
  }
  const late = outcomesAmiss([...first, ...known], isDelivered)
  const lost = outcomesAmiss(unknown, isPending)
  emulator.faults.clear()
  await stage.deliver(host, unknown, perMoment)
  const all = [...first, ...known, ...unknown]
  return {
    sent: known.length,
    violations: [
      ...late,
      ...lost,
      ...settledAmiss(all),
      ...differences(expectedState(all.map(({ source }) => source)), knownState(emulator))
    ]
  }
}

/** Every tenth event has a name that no goal has. */
function eventAt(moment: number, index: number): SourceEvent {
  const name = index % 10 === 9 ? 'Brand new' : KNOWN[index % KNOWN.length]
  return conversionOf(`${moment}-${index}`, `visitor${moment}-${index}`, name, GOALS.get(name))
}
