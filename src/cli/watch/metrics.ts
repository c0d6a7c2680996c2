import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { SentBatch, Settled } from '../../segment-host'
import { operations } from './operation'
import type { Position, SentRequest, Watch } from './watch'

const PREFIX = 'kameleoon_destination_'
/** From an answer on the same machine to one that comes just before the time limit. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const NO_SUBSCRIPTION = '(none)'
const NO_ANSWER = 'none'

/** The metrics of a run. Names and units: https://prometheus.io/docs/practices/naming/ */
export interface Metrics {
  watch: Watch
  /** Of its own, since a process may have several runs. */
  registry: Registry
}

/** Counts a run as Prometheus metrics, with those of the process. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const batches = counter(registry, 'batches_total', 'Batches sent, each attempt counted.')
  const retries = counter(registry, 'retries_total', 'Events that were sent again or will be.')
  const waiting = gauge(registry, 'waiting_events', 'Events of all subscriptions that wait to be sent.')
  const watch: Watch = {
    ...{ position: positions(registry), settled: outcomes(registry), request: requests(registry) },
    batch: ({ again, waiting: events }: SentBatch) => {
      batches.inc()
      retries.inc(again)
      waiting.set(events)
    },
    waiting: () => undefined,
    note: () => undefined,
    close: () => Promise.resolve(registry.clear())
  }
  return { watch, registry }
}

function positions(registry: Registry): Watch['position'] {
  const events = gauge(registry, 'position_events', 'Events read so far.')
  const bytes = gauge(registry, 'position_bytes', 'Bytes of the source read so far.')
  let source: Gauge | undefined
  return (position: Position) => {
    events.set(position.events)
    bytes.set(position.bytes)
    if (position.totalBytes === undefined) return
    // Without a known size there is no metric, since 0 would be wrong.
    source ??= gauge(registry, 'source_bytes', 'Size of the source in bytes.')
    source.set(position.totalBytes)
  }
}

/** Events are counted in plain numbers and written when they are asked for, since there are a lot of them. */
function outcomes(registry: Registry): Watch['settled'] {
  const counts = new Map<string, Map<string, number>>()
  const labelNames = ['subscription', 'outcome'] as const
  new Counter({
    ...{
      name: `${PREFIX}events_total`,
      help: 'Events by subscription and outcome.',
      registers: [registry],
      labelNames
    },
    collect() {
      this.reset()
      for (const [subscription, ofOne] of counts) {
        for (const [outcome, count] of ofOne) this.inc({ subscription, outcome }, count)
      }
    }
  })
  return ({ subscription, outcome: { kind } }: Settled) => {
    const name = subscription?.name ?? NO_SUBSCRIPTION
    const ofOne = counts.get(name) ?? new Map<string, number>()
    counts.set(name, ofOne.set(kind, (ofOne.get(kind) ?? 0) + 1))
  }
}

function requests(registry: Registry): Watch['request'] {
  const operationOf = operations()
  const total = counter(registry, 'requests_total', 'Requests to Kameleoon by operation and status.', [
    'operation',
    'status'
  ])
  const limited = counter(registry, 'rate_limited_requests_total', 'Requests that Kameleoon answered with 429.')
  const duration = new Histogram({
    ...{ name: `${PREFIX}request_duration_seconds`, help: 'Duration of requests to Kameleoon.' },
    ...{ buckets: SECONDS, labelNames: ['operation'] as const, registers: [registry] }
  })
  return ({ method, path, status, milliseconds }: SentRequest) => {
    const operation = operationOf(method, path)
    total.inc({ operation, status: status ?? NO_ANSWER })
    duration.observe({ operation }, milliseconds / 1000)
    if (status === 429) limited.inc()
  }
}

function counter<Label extends string>(registry: Registry, name: string, help: string, labelNames: Label[] = []) {
  return new Counter<Label>({ name: `${PREFIX}${name}`, help, labelNames, registers: [registry] })
}

function gauge(registry: Registry, name: string, help: string): Gauge {
  return new Gauge({ name: `${PREFIX}${name}`, help, registers: [registry] })
}
