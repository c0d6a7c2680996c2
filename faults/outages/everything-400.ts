import type { Emulator, FaultRule } from '../../src/emulator'
import type { Delivery } from '../driver'
import type { SourceEvent } from '../events'
import { textOf, visitOf } from '../events/source-event'
import { differences, expectedState, knownState } from '../state'
import { settledAmiss } from './disturbed'
import { together, type Outage } from './outage'
import { onStage, type Stage } from './stage'

/** A batch of 1,000 events may cost so many requests to the Data API when all of it is answered with 400. */
const MOST_REQUESTS = 100
const EVENTS = 1_000

/** What answers 400 to everything. */
const RULES: Record<string, FaultRule> = {
  'visit events': { path: '/visit/events', status: 400 },
  'maps written': { method: 'POST', path: '/map/maps', status: 400 },
  'maps read': { method: 'GET', path: '/map/maps', status: 400 },
  'the Data API': { path: /^\/(visit|map)\//, status: 400 },
  'every call': { path: /./, status: 400 }
}

const KINDS: Record<string, (index: number) => SourceEvent> = { track, identify }

export const everything400: Outage = {
  condition: `a 400 for everything costs at most ${MOST_REQUESTS} requests for 1,000 events, and no event`,
  measure: async () => {
    const findings = []
    const figures: string[] = []
    for (const [kind, make] of Object.entries(KINDS)) {
      const events = Array.from({ length: EVENTS }, (_, index) => make(index))
      const counts: number[] = []
      for (const [name, rule] of Object.entries(RULES)) {
        const { requests, violations } = await onStage({ mapWrites: 'replace' }, (stage) =>
          rejectAll(stage, events, rule)
        )
        counts.push(requests)
        findings.push({ name: `${kind}, ${name}`, violations })
      }
      figures.push(`${kind}: ${Math.max(...counts)} requests`)
    }
    return together(figures.join(', '), findings)
  }
}

/** One batch is answered with 400 throughout, twice; then the service is well again. */
async function rejectAll(stage: Stage, events: SourceEvent[], rule: FaultRule) {
  const { emulator } = stage
  const host = stage.newHost()
  // As in an outage, goals and token are known already.
  await stage.sendOnce(host, [track(EVENTS)], 1)
  const before = dataRequests(emulator)
  emulator.faults.add(rule)
  const deliveries = await stage.sendOnce(host, events, EVENTS)
  const requests = dataRequests(emulator) - before
  const first = rejectedForGood(deliveries)
  emulator.faults.clear()
  await stage.deliver(host, deliveries, EVENTS)
  return {
    requests,
    violations: [
      ...(requests > MOST_REQUESTS ? [`${requests} requests`] : []),
      ...(first > 0 ? [`${first} events were rejected for good, though none of them was the reason`] : []),
      ...settledAmiss(deliveries),
      ...differences(expectedState([...events, track(EVENTS)]), knownState(emulator))
    ]
  }
}

function rejectedForGood(deliveries: Delivery[]): number {
  return deliveries.filter(({ outcome }) => outcome?.kind === 'rejected' && outcome.status === 400).length
}

function dataRequests({ requests }: Emulator): number {
  return requests.filter(({ path }) => /^\/(visit|map)\//.test(path)).length
}

function track(index: number): SourceEvent {
  const visitor = `visitor${index}`
  const properties = { kameleoonVisitorCode: visitor, revenue: index }
  return {
    subscription: 'track',
    text: textOf(`track-${index}`, { type: 'track', event: 'Order Completed', properties }),
    expected: { kind: 'delivered', visits: [visitOf.conversion(visitor, 'Order Completed', index)], stored: [] }
  }
}

/** A known user, whose traits and links stand under four keys. */
function identify(index: number): SourceEvent {
  const code = `visitor${index}`
  const ids = { userId: `user${index}`, anonymousId: `browser${index}` }
  const traits = { kameleoonVisitorCode: code, plan: `plan ${index}` }
  return {
    subscription: 'identify',
    text: textOf(`identify-${index}`, { type: 'identify', ...ids, traits }),
    expected: {
      kind: 'delivered',
      visits: [],
      stored: [
        ...[code, ids.userId].map((id) => ({ key: `IDENTIFY_${id}`, field: 'plan', value: traits.plan })),
        ...Object.values(ids).map((id) => ({ key: `LINK_${id}`, field: 'kameleoonVisitorCode', value: code }))
      ]
    }
  }
}
