import { writeFileSync } from 'fs'
import { startEmulator, type RecordedRequest, type VisitEvent } from '../../src/emulator'
import { kindOf } from '../../src/fleet/requests/request-kind'
import type { EmulatorReport, Order, Start } from './emulator'

/** An emulator in a process of its own, which does what its parent asks for. */
async function main(start: Start): Promise<void> {
  const requests: EmulatorReport['requests'] = []
  const emulator = await startEmulator({
    rateLimits: false,
    goals: start.goals,
    // Everything is kept where the state is compared, and next to nothing where only requests are counted.
    retention: start.keepsState
      ? { requests: 1, visitors: 1_000_000, eventsPerVisitor: Infinity, maps: 1_000_000, discarded: 1_000 }
      : { requests: 1, visitors: 100, eventsPerVisitor: 1, maps: 100, nonces: 1_000, discarded: 1_000 },
    onRequest: ({ method, host, path, status, at }: RecordedRequest) => {
      // The emulator's own pages have no host of Kameleoon.
      if (!path.startsWith('/emulator')) requests.push({ kind: kindOf(method, `https://${host}${path}`), status, at })
    }
  })
  const answers: { [Kind in Order['order']]: (order: Extract<Order, { order: Kind }>) => unknown } = {
    down: () => {
      // The Automation API does not answer at all, the Data API says that it cannot.
      emulator.faults.add({ path: /^\/(visit|map)/, status: 503 })
      emulator.faults.add({ path: /./, reset: 'before' })
    },
    up: () => emulator.faults.clear(),
    report: (): EmulatorReport => ({
      requests,
      failed: requests.filter(({ status }) => status === 0 || status === 503).length,
      discarded: emulator.discarded.map(({ reason, path, field }) => `${path} ${field ?? ''}: ${reason}`),
      repeated: emulator.duplicates.reduce((sum, { count }) => sum + count - 1, 0)
    }),
    counts: () => ({
      requests: requests.length,
      failed: requests.filter(({ status }) => status === 0 || status === 503).length
    }),
    state: ({ path }) => writeFileSync(path, JSON.stringify(stateOf()))
  }
  const stateOf = () => ({
    visits: emulator.visitors().flatMap((code) => (emulator.visitor(code)?.events ?? []).map(visitText)),
    maps: Object.entries(emulator.maps()).map(([key, { fields }]) => `${key} ${ordered(fields)}`)
  })
  const goalNames = () => new Map(emulator.goals.map(({ id, name }) => [id, name]))
  const visitText = (event: VisitEvent): string => {
    // Goals are created in the order of the requests, so their ids are not the same in every run.
    const { goalId, userAgent: _userAgent, at: _at, ...rest }: Record<string, unknown> = { ...event }
    return ordered({ ...rest, ...(goalId === undefined ? {} : { goal: goalNames().get(Number(goalId)) }) })
  }
  process.on('message', (order: Order) => {
    // Each answer takes an order of its kind.
    const answer = answers[order.order] as (order: Order) => unknown
    process.send?.({ answer: answer(order) ?? null })
  })
  process.on('disconnect', () => process.exit())
  process.send?.({ answer: emulator.url })
}

/** JSON with the names in their order. */
function ordered(fields: Record<string, unknown>): string {
  return JSON.stringify(Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1)))
}

// Written by the parent.
void main(JSON.parse(process.argv[2]) as Start)
