import { apiOf } from '../../__tests__/call-api'
import { endWorkbenches, runningWorkbench, until } from '../../__tests__/running-workbench'
import type { EventDetail, FaultSwitch } from '../../contract'

afterEach(endWorkbenches)

/** A workbench that sends again without waiting, and counts how long it would have waited. */
async function hasty() {
  const waits: number[] = []
  const wait = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds)
    return Promise.resolve()
  }
  const time = { now: Date.parse('2026-03-01T10:00:00.000Z') }
  const retry = { retries: 3, firstDelayMs: 10, random: () => 0, wait }
  const { context, ...workbench } = await runningWorkbench({ retry, clock: () => time.now })
  const call = apiOf(workbench)
  const send = async (event: object = {}): Promise<string> => {
    const { body } = await call('POST /events', {
      event: {
        type: 'track',
        event: 'Order Completed',
        userId: 'user-1',
        properties: { kameleoonVisitorCode: 'visitor-1' },
        ...event
      }
    })
    return (body as { ids: string[] }).ids[0]
  }
  const settled = async (id: string): Promise<EventDetail> => {
    await context.delivery.idle()
    return (await call(`GET /events/${id}`)).body as EventDetail
  }
  const statuses = ({ deliveries }: EventDetail): (number | null | undefined)[] =>
    deliveries.flatMap(({ attempts }) =>
      attempts.flatMap(({ exchanges }) =>
        exchanges
          .filter(({ request }) => request.url.includes('/visit/'))
          .map(({ response }) => response?.status ?? null)
      )
    )
  const fault = async (id: string): Promise<FaultSwitch | undefined> =>
    ((await call('GET /faults')).body as FaultSwitch[]).find((one) => one.id === id)
  return { waits, time, context, call, send, settled, statuses, fault }
}

describe('a fault', () => {
  it('is off at first, and has a description', async () => {
    const { call } = await hasty()
    const faults = (await call('GET /faults')).body as FaultSwitch[]
    expect(faults.map(({ id }) => id)).toEqual([
      'rate-limited',
      'server-error',
      'slow',
      'reset',
      'expired-token',
      'rate-limits'
    ])
    expect(faults.filter(({ on, hits, times }) => on || hits > 0 || times !== null)).toEqual([])
    expect(faults.filter(({ label, description }) => label.length < 5 || description.length < 20)).toEqual([])
  })

  it.each([
    ['rate-limited', 429],
    ['server-error', 500]
  ])('%s makes every attempt fail with %i until it is switched off', async (id, status) => {
    const { call, send, settled, statuses, fault, context } = await hasty()
    await call(`PUT /faults/${id}`, { on: true })
    expect((await call('GET /state')).body).toMatchObject({ faults: [id] })
    const rejected = await settled(await send())
    expect(rejected.summary).toMatchObject({ status: 'rejected', attempts: 4 })
    expect(statuses(rejected)).toEqual([status, status, status, status])
    expect(await fault(id)).toMatchObject({ on: true, hits: 4, times: null })
    expect(context.emulator.visitors()).toEqual([])
    expect((await call(`PUT /faults/${id}`, { on: false })).body).toMatchObject({ on: false, hits: 4 })
    expect((await settled(await send())).summary).toMatchObject({ status: 'delivered', attempts: 1 })
  })

  it('goes off by itself after the given number of hits, and a retry then succeeds', async () => {
    const { call, send, settled, statuses, fault, waits } = await hasty()
    expect((await call('PUT /faults/rate-limited', { on: true, times: 2 })).body).toMatchObject({ on: true, times: 2 })
    const detail = await settled(await send())
    expect(detail.summary).toMatchObject({ status: 'delivered', attempts: 3 })
    expect(statuses(detail)).toEqual([429, 429, 204])
    expect(await fault('rate-limited')).toMatchObject({ on: false, times: null, hits: 2 })
    expect((await call('GET /state')).body).toMatchObject({ faults: [] })
    // Kameleoon asks for two seconds.
    expect(waits).toEqual([2_000, 2_000])
  })

  it('reset breaks the connection after the events were stored, so that the retry is a duplicate', async () => {
    const { call, send, settled, statuses, context } = await hasty()
    await call('PUT /faults/reset', { on: true, times: 1 })
    const detail = await settled(await send())
    expect(statuses(detail)).toEqual([null, 204])
    expect(detail.summary.status).toBe('delivered')
    expect(context.emulator.visitor('visitor-1')?.conversions).toHaveLength(1)
    expect((await call('GET /visitors/visitor-1')).body).toMatchObject({ duplicatesDropped: 1 })
  })

  it('expired-token rejects old tokens, so that the call is repeated with a new one', async () => {
    const { call, send, settled, statuses, time, fault } = await hasty()
    expect(statuses(await settled(await send()))).toEqual([204])
    await call('PUT /faults/expired-token', { on: true })
    time.now += 2_000
    const detail = await settled(await send())
    expect(statuses(detail)).toEqual([401, 204])
    expect(detail.summary).toMatchObject({ status: 'delivered', attempts: 1 })
    expect(statuses(await settled(await send()))).toEqual([204])
    expect(await fault('expired-token')).toMatchObject({ on: true, hits: 1 })
  })

  it('rate-limits lets a few calls pass, and more after some time', async () => {
    const { call, send, settled, statuses, time } = await hasty()
    await call('PUT /faults/rate-limits', { on: true })
    for (let number = 0; number < 3; number++) expect(statuses(await settled(await send()))).toEqual([204])
    expect(statuses(await settled(await send()))).toEqual([429, 429, 429, 429])
    time.now += 5_000
    expect(statuses(await settled(await send()))).toEqual([204])
  })

  it('slow delays an answer, and can be switched off meanwhile', async () => {
    const { call, send, settled, statuses, fault, context } = await hasty()
    await call('PUT /faults/slow', { on: true })
    const before = performance.now()
    const id = await send()
    await until(async () => ((await fault('slow'))?.hits ?? 0) > 0, 'the call that is late')
    expect((await call('PUT /faults/slow', { on: false })).body).toMatchObject({ on: false, hits: 1 })
    const others = await send({ type: 'identify', userId: 'visitor-2', traits: { plan: 'Gold' } })
    await until(() => context.emulator.map('IDENTIFY_visitor-2') !== undefined, 'a call behind it')
    expect(performance.now() - before).toBeLessThan(2_900)
    expect(statuses(await settled(id))).toEqual([204])
    expect(performance.now() - before).toBeGreaterThan(2_900)
    expect((await settled(others)).summary.status).toBe('delivered')
  })

  it('does not affect lists, the connection test, or the emulator itself', async () => {
    const { call, context } = await hasty()
    for (const { id } of (await call('GET /faults')).body as FaultSwitch[])
      await call(`PUT /faults/${id}`, { on: true })
    expect((await call('POST /settings/test')).body).toMatchObject({ ok: true })
    expect((await call('POST /actions/logEvent/choices', { path: 'goalId' })).body).toMatchObject({ error: null })
    expect((await fetch(`${context.emulator.url}/emulator`)).status).toBe(200)
  })

  it('counts from zero when it is switched on again', async () => {
    const { call, send, settled } = await hasty()
    await call('PUT /faults/server-error', { on: true, times: 1 })
    await settled(await send())
    expect((await call('PUT /faults/server-error', { on: true, times: 5 })).body).toMatchObject({ hits: 0, times: 5 })
    expect((await call('PUT /faults/server-error', { on: true })).body).toMatchObject({ hits: 0, times: null })
  })

  it('is rejected with an unknown id, with values that are not valid, and with the real Kameleoon', async () => {
    const { call } = await hasty()
    expect(await call('PUT /faults/fire', { on: true })).toMatchObject({
      status: 404,
      body: {
        error: {
          message: expect.stringContaining('There is no fault "fire"; known faults are rate-limited,') as string
        }
      }
    })
    expect(await call('PUT /faults/slow', { on: true, times: 0 })).toMatchObject({
      status: 400,
      body: { error: { problems: [{ field: 'times', message: 'must be >= 1' }] } }
    })
    expect(await call('PUT /faults/slow', { times: 1 })).toMatchObject({
      status: 400,
      body: { error: { message: 'PUT /api/faults/slow cannot be done: "on" is missing' } }
    })
    const apiKey = Buffer.from(JSON.stringify({ id: 'a', secret: 'not-a-real-one' })).toString('base64')
    await call('PUT /settings', { target: 'real', values: { apiKey, sitecode: 'abcdefghij' } })
    expect(await call('PUT /faults/slow', { on: true })).toMatchObject({ status: 409 })
    expect(await call('PUT /faults/slow', { on: false })).toMatchObject({ status: 200 })
  })
})
