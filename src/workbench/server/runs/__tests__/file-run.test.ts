import { gzipSync } from 'zlib'
import { endWorkbenches, runningWorkbench, until, type RunningWorkbench } from '../../../__tests__/running-workbench'
import type { EventSummary, LineProblem, Run } from '../../../contract'

afterEach(endWorkbenches)

const order = (number: number) => ({
  type: 'track',
  event: 'Order Completed',
  userId: `user-${number}`,
  properties: { kameleoonVisitorCode: `visitor-${number}`, revenue: number }
})

const ndjson = (events: unknown[]) => events.map((event) => JSON.stringify(event)).join('\n')

/** Begins a file, sends its content and waits until its events are settled. */
async function sendFile(workbench: RunningWorkbench, content: string | Uint8Array): Promise<Run> {
  const run = await begin(workbench)
  await putContent(workbench, run, content)
  await workbench.context.delivery.idle()
  return latest(workbench)
}

async function begin({ send }: RunningWorkbench, name = 'orders.ndjson'): Promise<Run> {
  return (await send('POST', '/api/runs/file', { name, bytes: 1 })).json() as Promise<Run>
}

function putContent({ address }: RunningWorkbench, { id }: Run, body: BodyInit): Promise<Response> {
  const headers = { 'content-type': 'application/octet-stream' }
  // A stream as a body needs `duplex`, which the types of TypeScript do not know yet.
  const init = { method: 'PUT', headers, body, duplex: 'half' }
  return fetch(`${address}/api/runs/${id}/content`, init)
}

async function latest({ get }: RunningWorkbench): Promise<Run> {
  return (await get<Run[]>('/api/runs'))[0]
}

describe('a file of events', () => {
  it.each([
    ['one event a line', ndjson([order(1), order(2), order(3)])],
    ['one event a line, gzip', new Uint8Array(gzipSync(ndjson([order(1), order(2), order(3)])))],
    ['a JSON array over several lines', JSON.stringify([order(1), order(2), order(3)], null, 2)],
    ['a body of the Tracking API', JSON.stringify({ batch: [order(1), order(2), order(3)] })]
  ])('is delivered when it has %s', async (_form, content) => {
    const workbench = await runningWorkbench()
    const run = await sendFile(workbench, content)
    expect(run).toMatchObject({ kind: 'file', title: 'orders.ndjson', state: 'ended', stopped: null })
    expect(run).toMatchObject({ events: 3, delivered: 3, rejected: 0, problems: 0, bytesRead: content.length })
    expect(workbench.context.emulator.visitor('visitor-3')?.conversions).toMatchObject([{ revenue: 3 }])
    expect((await workbench.events()).map(({ origin }) => origin)).toEqual(['file', 'file', 'file'])
  })

  it('names lines that are no event, and events that Segment would drop, and delivers the others', async () => {
    const workbench = await runningWorkbench()
    const { userId: _userId, ...nobody } = order(2)
    const run = await sendFile(
      workbench,
      [ndjson([order(1)]), '', '{"type": "track"', '[1]', ndjson([nobody])].join('\n')
    )
    expect(run).toMatchObject({ events: 2, delivered: 1, rejected: 1, problems: 3 })
    const problems = await workbench.get<LineProblem[]>(`/api/runs/${run.id}/problems`)
    expect(problems).toEqual([
      { line: 3, reason: expect.stringMatching(/^not JSON/) as string },
      { line: 4, reason: 'not an event but an array: each line must be a JSON object' },
      { line: 5, reason: expect.stringMatching(/^Segment would drop this event: userId is missing/) as string }
    ])
  })

  it('stops with the reason when there is no event in it', async () => {
    const workbench = await runningWorkbench()
    const run = await sendFile(workbench, 'name,amount\nOrder,5\n')
    expect(run).toMatchObject({ state: 'ended', events: 0 })
    expect(run.stopped).toMatch(/Cannot read events from orders.ndjson: there is no event in the first 2 lines/)
  })

  it('keeps what came before the damage of a gzip file', async () => {
    const workbench = await runningWorkbench()
    const packed = gzipSync(ndjson(Array.from({ length: 3_000 }, (_, number) => order(number))))
    const run = await sendFile(workbench, new Uint8Array(packed.subarray(0, packed.length - 20)))
    expect(run.stopped).toBe('Cannot read orders.ndjson: the gzip data ends early')
    expect(run.events).toBeGreaterThan(1_000)
    expect(run.delivered).toBe(run.events)
  })

  it('counts nothing twice when it is sent again, also without message ids', async () => {
    const workbench = await runningWorkbench()
    const content = ndjson([order(1), order(1), order(2)])
    await sendFile(workbench, content)
    const again = await sendFile(workbench, content)
    expect(again).toMatchObject({ events: 3, delivered: 3, duplicates: 3 })
    expect(workbench.context.emulator.visitor('visitor-1')?.conversions).toHaveLength(2)
  })

  it('takes an event of an export as it is, with its times', async () => {
    const workbench = await runningWorkbench()
    const times = { timestamp: '2026-01-02T03:04:05.000Z', receivedAt: '2026-01-02T03:04:06.000Z' }
    const complete = {
      ...order(1),
      messageId: 'm-1',
      originalTimestamp: times.timestamp,
      sentAt: times.receivedAt,
      ...times
    }
    await sendFile(workbench, ndjson([complete]))
    expect((await workbench.detail(1)).event).toEqual(complete)
  })

  it('is read no faster than it is delivered, and can be cancelled', async () => {
    const workbench = await runningWorkbench({ retry: { wait: () => new Promise(() => undefined) } })
    workbench.context.faults.switchOn('server-error')
    const run = await begin(workbench)
    const content = putContent(workbench, run, ndjson(Array.from({ length: 12_000 }, (_, number) => order(number))))
    const unsettled = async () => {
      const { waiting, retrying } = await latest(workbench)
      return waiting + retrying
    }
    await until(async () => (await unsettled()) >= 5_000, '5,000 events to wait')
    expect(await unsettled()).toBeLessThan(8_000)
    const answer = await workbench.send('DELETE', `/api/runs/${run.id}`)
    expect(await answer.json()).toMatchObject({ stopped: 'You cancelled it.' })
    await content.catch(() => null)
    await until(async () => (await latest(workbench)).state === 'delivering', 'the reading to end')
    expect((await latest(workbench)).events).toBeLessThan(8_000)
  }, 30_000)

  it('says so when the page that sends it is closed', async () => {
    const workbench = await runningWorkbench()
    const run = await begin(workbench)
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    void writer.write(new TextEncoder().encode(`${ndjson([order(1)])}\n`))
    const closing = new AbortController()
    const init = {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: readable,
      duplex: 'half'
    }
    const content = fetch(`${workbench.address}/api/runs/${run.id}/content`, { ...init, signal: closing.signal })
    await until(async () => (await latest(workbench)).bytesRead > 0, 'the first line to arrive')
    closing.abort()
    await expect(content).rejects.toThrow(/abort/i)
    await until(async () => (await latest(workbench)).state === 'ended', 'the run to end')
    expect((await latest(workbench)).stopped).toMatch(/did not arrive to its end/)
  })

  it.each([
    ['another page', { origin: 'https://evil.example' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 415]
  ])('is not taken from %s', async (_who, headers, status) => {
    const workbench = await runningWorkbench()
    const { id } = await begin(workbench)
    const answer = await fetch(`${workbench.address}/api/runs/${id}/content`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream', ...headers },
      body: ndjson([order(1)])
    })
    expect(answer.status).toBe(status)
    expect(await workbench.events()).toEqual([])
  })

  it('is part of the state, which every page receives', async () => {
    const workbench = await runningWorkbench()
    await sendFile(workbench, ndjson([order(1)]))
    expect((await workbench.state()).runs).toMatchObject([{ title: 'orders.ndjson', events: 1, delivered: 1 }])
  })
})

describe('a replay of all failed events', () => {
  const stranger = (number: number) => ({ type: 'track', event: 'Signed Up', anonymousId: `anonymous-${number}` })

  async function withFailed() {
    const workbench = await runningWorkbench()
    await workbench.track('/v1/batch', { batch: [stranger(1), stranger(2), order(1)] })
    await workbench.context.delivery.idle()
    return workbench
  }

  async function mend({ context, send }: RunningWorkbench): Promise<void> {
    const [{ id, ...draft }] = context.subscriptions.list()
    const kameleoonVisitorCode = { '@path': '$.anonymousId' }
    await send('PUT', `/api/subscriptions/${id}`, { ...draft, mapping: { ...draft.mapping, kameleoonVisitorCode } })
  }

  it('says before how many there are and whether their mapping was changed, and delivers them', async () => {
    const workbench = await withFailed()
    expect(await workbench.get('/api/runs/replay')).toMatchObject({ events: 2, afterChange: 0, impossible: 0 })
    await mend(workbench)
    expect(await workbench.get('/api/runs/replay')).toEqual({
      ...{ target: 'emulator', events: 2, afterChange: 2, partlyDelivered: 0, impossible: 0 }
    })
    const answer = await workbench.send('POST', '/api/runs/replay', {})
    expect(await answer.json()).toMatchObject({ kind: 'replay', title: 'Replay of 2 failed events', total: 2 })
    await workbench.context.delivery.idle()
    expect(await latest(workbench)).toMatchObject({ state: 'ended', events: 2, delivered: 2, rejected: 0 })
    expect(workbench.context.emulator.visitor('anonymous-2')?.conversions).toHaveLength(1)
  })

  it('sends none that a replay has delivered, and none that Segment would drop', async () => {
    const workbench = await withFailed()
    await workbench.track('/v1/track', { event: 'Nobody' })
    await mend(workbench)
    await workbench.send('POST', '/api/runs/replay', {})
    await workbench.context.delivery.idle()
    expect(await workbench.get('/api/runs/replay')).toMatchObject({ events: 0, impossible: 1 })
    const answer = await workbench.send('POST', '/api/runs/replay', {})
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: { message: 'No failed event of this list can be sent again.' } }
    ])
  })

  it('takes only the failed events of the list', async () => {
    const workbench = await withFailed()
    const failed = await workbench.events('q=status:failed')
    const [one]: EventSummary[] = failed
    expect(await workbench.get(`/api/runs/replay?q=${one.messageId}`)).toMatchObject({ events: 1 })
  })
})
