import { UsageError } from '../../../segment-host'
import { createMetrics } from '../metrics'
import { startMetrics } from '../metrics-server'
import { batch, orders, rejection, settled, wait } from './samples'

const HERE = { host: '127.0.0.1', port: 0 }

interface Parsed {
  types: Record<string, string>
  /** Values by name with labels, as they are written. */
  values: Record<string, number>
}

/** Reads the text format of Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/ */
function parsed(text: string): Parsed {
  const result: Parsed = { types: {}, values: {} }
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('# HELP'))) {
    const [, name, type] = /^# TYPE (\S+) (counter|gauge|histogram|summary)$/.exec(line) ?? []
    const [, series, value] = /^([a-z_]\w*(?:\{.*\})?) (\S+)$/i.exec(line) ?? []
    if (name) result.types[name] = type
    else if (series) result.values[series] = Number(value)
    else throw new Error(`This line is not in the format of Prometheus: ${line}`)
  }
  return result
}

const own = ({ values }: Parsed) =>
  Object.fromEntries(Object.entries(values).filter(([series]) => series.startsWith('kameleoon_destination_')))

describe('the metrics of a delivery', () => {
  it('count events by subscription and outcome', async () => {
    const { watch, registry } = createMetrics()
    for (let event = 0; event < 3; event++) watch.settled(settled({ kind: 'delivered' }))
    watch.settled(settled(rejection))
    watch.settled(settled(rejection, 9, null))
    watch.settled(settled({ kind: 'filtered', reason: 'no visitor' }, 1, { ...orders, name: 'Say "hi"' }))
    const expected = {
      'kameleoon_destination_events_total{subscription="Orders",outcome="delivered"}': 3,
      'kameleoon_destination_events_total{subscription="Orders",outcome="rejected"}': 1,
      'kameleoon_destination_events_total{subscription="(none)",outcome="rejected"}': 1,
      'kameleoon_destination_events_total{subscription="Say \\"hi\\"",outcome="filtered"}': 1
    }
    expect(own(parsed(await registry.metrics()))).toMatchObject(expected)
    expect(own(parsed(await registry.metrics()))).toMatchObject(expected)
  })

  it('count requests by operation and status, and measure their duration', async () => {
    const { watch, registry } = createMetrics()
    const request = { method: 'POST', path: '/visit/events', milliseconds: 80 }
    for (const status of [200, 200, 429, null]) watch.request({ ...request, status })
    watch.request({ method: 'GET', path: '/goals/77', status: 200, milliseconds: 2000 })
    const operation = 'operation="POST /visit/events"'
    expect(own(parsed(await registry.metrics()))).toMatchObject({
      [`kameleoon_destination_requests_total{${operation},status="200"}`]: 2,
      [`kameleoon_destination_requests_total{${operation},status="429"}`]: 1,
      [`kameleoon_destination_requests_total{${operation},status="none"}`]: 1,
      'kameleoon_destination_requests_total{operation="GET /goals/:id",status="200"}': 1,
      kameleoon_destination_rate_limited_requests_total: 1,
      [`kameleoon_destination_request_duration_seconds_bucket{le="0.05",${operation}}`]: 0,
      [`kameleoon_destination_request_duration_seconds_bucket{le="0.1",${operation}}`]: 4,
      [`kameleoon_destination_request_duration_seconds_count{${operation}}`]: 4,
      [`kameleoon_destination_request_duration_seconds_sum{${operation}}`]: 0.32,
      'kameleoon_destination_request_duration_seconds_sum{operation="GET /goals/:id"}': 2
    })
  })

  it('count batches and repetitions, and tell the position and what waits', async () => {
    const { watch, registry } = createMetrics()
    watch.batch(batch)
    watch.batch({ ...batch, again: 7, waiting: 20 })
    watch.waiting(wait(1000))
    watch.position({ events: 10, bytes: 1000, totalBytes: 4000 })
    expect(own(parsed(await registry.metrics()))).toMatchObject({
      ...{ kameleoon_destination_batches_total: 2, kameleoon_destination_retries_total: 57 },
      ...{ kameleoon_destination_waiting_events: 20, kameleoon_destination_position_events: 10 },
      ...{ kameleoon_destination_position_bytes: 1000, kameleoon_destination_source_bytes: 4000 }
    })
  })

  it('have no size of the source when it is not known', async () => {
    const { watch, registry } = createMetrics()
    watch.position({ events: 10, bytes: 1000, totalBytes: undefined })
    expect(await registry.metrics()).not.toContain('source_bytes')
  })

  it('have the types and names that Prometheus asks for, with those of the process', async () => {
    const { types } = parsed(await createMetrics().registry.metrics())
    const [ours, others] = [true, false].map((isOurs) =>
      Object.entries(types).filter(([name]) => name.startsWith('kameleoon_destination_') === isOurs)
    )
    expect(ours).toHaveLength(9)
    for (const [name, type] of ours) expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter'])
    expect(Object.fromEntries(others)).toMatchObject({
      ...{ process_cpu_user_seconds_total: 'counter', process_resident_memory_bytes: 'gauge' }
    })
  })

  it('of two runs in one process are counted apart', async () => {
    const [first, second] = [createMetrics(), createMetrics()]
    first.watch.batch(batch)
    expect(own(parsed(await second.registry.metrics())).kameleoon_destination_batches_total).toBe(0)
  })
})

describe('the server of the metrics', () => {
  it('serves them at its address until it is closed', async () => {
    const { url, watch } = await startMetrics(HERE)
    watch.batch(batch)
    const response = await fetch(url)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/)
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(own(parsed(await response.text())).kameleoon_destination_batches_total).toBe(1)
    await watch.close()
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  it('tells that the program is alive', async () => {
    const { url, watch } = await startMetrics(HERE)
    const response = await fetch(url.replace('/metrics', '/healthz'))
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }])
    expect((await fetch(url.replace('/metrics', '/else'))).status).toBe(404)
    await watch.close()
  })

  it('says that a port is in use', async () => {
    const { url, watch } = await startMetrics(HERE)
    const port = Number(new URL(url).port)
    await expect(startMetrics({ ...HERE, port })).rejects.toMatchObject({
      name: 'UsageError',
      message: `Port ${port} for the metrics is in use. Choose another with --metrics, or 0 for any free one`
    })
    await watch.close()
  })

  it('says when it cannot listen on an address', async () => {
    const starting = startMetrics({ host: '203.0.113.1', port: 0 })
    await expect(starting).rejects.toThrow(UsageError)
    await expect(starting).rejects.toThrow(/^Cannot serve the metrics on 203\.0\.113\.1 port 0: .*EADDRNOTAVAIL/)
  })
})
