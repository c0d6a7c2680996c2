import { Gauge, type Registry } from 'prom-client'
import { statusOf, type Fleet, type FleetStatus } from '../../../fleet'

const PREFIX = 'kameleoon_destination_fleet_'
/** Asking costs the database a little, and several may ask. */
const FRESH_MS = 2_000

/** Adds what the whole fleet does to the metrics of a worker. */
export function addFleetGauges(registry: Registry, fleet: Fleet): void {
  const status = recent(() => statusOf(fleet))
  const gauge = (name: string, help: string, of: (status: FleetStatus) => number): void => {
    new Gauge({
      ...{ name: `${PREFIX}${name}`, help, registers: [registry] },
      async collect() {
        this.set(of(await status()))
      }
    })
  }
  gauge('waiting_jobs', 'Jobs that wait on the queue.', ({ waiting }) => waiting)
  gauge('active_jobs', 'Jobs that workers have.', ({ active }) => active)
  gauge('inbox_jobs', 'Received calls that are not divided yet.', ({ inbox }) => inbox)
  gauge('dead_events', 'Events among the dead letters.', ({ dead }) => dead)
  gauge('oldest_job_seconds', 'Age of the oldest job that waits; 0 when none does.', (one) => one.oldestSeconds ?? 0)
  gauge('open', '1 while workers may take jobs, 0 while the fleet is paused or Kameleoon is down.', ({ state }) =>
    state.kind === 'open' ? 1 : 0
  )
  new Gauge({
    ...{ name: `${PREFIX}events`, help: 'Events of the whole fleet by outcome, since the queue was created.' },
    ...{ labelNames: ['outcome'], registers: [registry] },
    async collect() {
      const { totals } = await status()
      for (const outcome of ['delivered', 'filtered', 'rejected']) this.set({ outcome }, totals[outcome] ?? 0)
    }
  })
  new Gauge({
    ...{ name: `${PREFIX}requests`, help: 'Requests of the whole fleet to Kameleoon, since the queue was created.' },
    ...{ labelNames: ['limited'], registers: [registry] },
    async collect() {
      const { totals } = await status()
      const limited = totals.rateLimited ?? 0
      this.set({ limited: 'false' }, (totals.requests ?? 0) - limited)
      this.set({ limited: 'true' }, limited)
    }
  })
}

/** The same answer for a short time, so that the gauges of one reading agree. */
function recent<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let answer: Promise<Value> | undefined
  let askedAt = -Infinity
  return () => {
    if (!answer || performance.now() - askedAt > FRESH_MS) {
      askedAt = performance.now()
      answer = ask()
      answer.catch(() => (answer = undefined))
    }
    return answer
  }
}
