import { startEmulator, type Emulator } from '..'
import { call } from './call'

describe('faults on demand', () => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterEach(() => emulator.reset())
  afterAll(() => emulator.close())

  const forget = (code = 'v1', host?: string) =>
    call(emulator, `/visit/forget?siteCode=${emulator.sitecode}`, {
      method: 'POST',
      host,
      headers: { 'content-type': 'text/plain' },
      body: code
    })
  const read = () => call(emulator, `/map/map?siteCode=${emulator.sitecode}&key=k`)
  const statusesOf = async (count: number) => {
    const statuses = []
    for (let sent = 0; sent < count; sent++) statuses.push((await forget()).status)
    return statuses
  }

  it('answer in place of Kameleoon, and nothing is stored', async () => {
    const fault = emulator.faults.add({ path: '/visit/forget', status: 503, retryAfter: 7, body: { message: 'Down.' } })
    expect(await forget()).toMatchObject({ status: 503, headers: { 'retry-after': '7' }, body: { message: 'Down.' } })
    expect(emulator.forgotten).toEqual([])
    expect(emulator.requests).toMatchObject([{ path: '/visit/forget', body: 'v1', status: 503 }])
    expect(fault.hits).toBe(1)
  })

  it('leave what they do not match alone', async () => {
    emulator.faults.add({ path: '/visit/events', status: 500 })
    emulator.faults.add({ path: /^\/map/, method: 'post', status: 500 })
    emulator.faults.add({ host: 'eu-data.kameleoon.io', status: 502 })
    expect([(await forget()).status, (await read()).status]).toEqual([204, 200])
    expect((await forget('v1', 'eu-data.kameleoon.io')).status).toBe(502)
    expect(emulator.faults.list().map(({ hits }) => hits)).toEqual([0, 0, 1])
  })

  it('match a path by pattern', async () => {
    emulator.faults.add({ path: /^\/map\//g, status: 500 })
    expect([(await read()).status, (await read()).status, (await forget()).status]).toEqual([500, 500, 204])
  })

  it('let the first ones pass, apply to every n-th and stop', async () => {
    emulator.faults.add({ path: '/visit/forget', status: 500, skip: 1, every: 2, times: 2 })
    expect(await statusesOf(7)).toEqual([204, 204, 500, 204, 500, 204, 204])
  })

  it('apply in the order they were added', async () => {
    const first = emulator.faults.add({ status: 500, times: 1 })
    const second = emulator.faults.add({ status: 502 })
    expect(await statusesOf(2)).toEqual([500, 502])
    expect([first.hits, second.hits]).toEqual([1, 1])
  })

  it('can be removed alone and together', async () => {
    const first = emulator.faults.add({ status: 500 })
    emulator.faults.add({ status: 502 })
    first.remove()
    expect(await statusesOf(1)).toEqual([502])
    emulator.faults.clear()
    expect(await statusesOf(1)).toEqual([204])
  })

  it('cut the connection before the body is taken', async () => {
    emulator.faults.add({ reset: 'before', times: 1 })
    await expect(forget()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(emulator.forgotten).toEqual([])
    expect(emulator.requests).toMatchObject([{ path: '/visit/forget', body: '', status: 0 }])
    expect(await statusesOf(1)).toEqual([204])
  })

  it('cut the connection after everything was stored', async () => {
    emulator.faults.add({ reset: 'after', times: 1 })
    await expect(forget()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(emulator.forgotten).toEqual(['v1'])
    expect(emulator.requests).toMatchObject([{ path: '/visit/forget', body: 'v1', status: 0 }])
  })

  it('make a call wait without holding others up', async () => {
    emulator.faults.add({ path: '/visit/forget', delayMs: 40 })
    const order: string[] = []
    await Promise.all([forget().then(() => order.push('delayed')), read().then(() => order.push('other'))])
    expect(order).toEqual(['other', 'delayed'])
    expect(emulator.forgotten).toEqual(['v1'])
  })
})

describe('the surface under /emulator', () => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterEach(() => emulator.reset())
  afterAll(() => emulator.close())
  const post = (path: string, body: unknown = {}) =>
    call(emulator, path, { method: 'POST', body: JSON.stringify(body) })

  it('adds faults, returns their hits and removes them', async () => {
    const rule = { path: '/map/map', status: 429, retryAfter: 1, times: 1 }
    expect(await post('/emulator/faults', rule)).toMatchObject({ status: 201, body: [{ rule, hits: 0 }] })
    expect((await call(emulator, '/map/map')).status).toBe(429)
    expect((await call(emulator, '/emulator')).body).toMatchObject({ faults: [{ rule, hits: 1 }] })
    await call(emulator, '/emulator/faults', { method: 'DELETE' })
    expect(emulator.faults.list()).toEqual([])
  })

  it.each([
    [{ status: 99 }, 'A fault rule cannot have status = 99.'],
    [{ statsu: 500 }, 'A fault rule cannot have statsu = 500.'],
    [{ every: 0 }, 'A fault rule cannot have every = 0.'],
    [[], 'A fault rule must be a JSON object.']
  ])('says 400 to the fault %j', async (rule, message) => {
    expect(await post('/emulator/faults', rule)).toMatchObject({ status: 400, body: { message } })
  })

  it('is not disturbed by faults and not recorded', async () => {
    emulator.faults.add({ status: 500 })
    expect((await call(emulator, '/emulator')).status).toBe(200)
    expect(emulator.requests).toEqual([])
  })

  it('tells by name that an emulator answers, and which project it has', async () => {
    expect((await call(emulator, '/emulator')).body).toMatchObject({
      name: 'kameleoon-emulator',
      sitecode: emulator.sitecode
    })
  })

  it.each([
    ['its own project', {}, { apiKey: true, sitecode: true }],
    ['another site code', { sitecode: 'other' }, { apiKey: true, sitecode: false }],
    ['another API key', { apiKey: 'b3RoZXI=' }, { apiKey: false, sitecode: true }],
    ['values that are no text', { apiKey: 7, sitecode: null }, { apiKey: false, sitecode: false }]
  ])('says which parts of a project are its own, for %s, and is not recorded', async (_what, other, answer) => {
    const own = { apiKey: emulator.apiKey, sitecode: emulator.sitecode }
    expect(await post('/emulator/project', { ...own, ...other })).toMatchObject({ status: 200, body: answer })
    expect(emulator.requests).toEqual([])
  })

  it('says 400 to a project that is no object', async () => {
    const message = 'A project must be a JSON object.'
    expect(await post('/emulator/project', [])).toMatchObject({ status: 400, body: { message } })
  })

  it('shows requests without the token and the secret', async () => {
    const headers = { authorization: 'Bearer something-secret' }
    await call(emulator, `/map/map?siteCode=${emulator.sitecode}&key=k`, { headers })
    await call(emulator, '/oauth/token', { method: 'POST', body: 'client_secret=emulator-secret-not-real' })
    const { body } = await call(emulator, '/emulator/requests')
    expect(body).toMatchObject([{ path: '/map/map', status: 401 }, { path: '/oauth/token' }])
    expect(JSON.stringify(body)).not.toMatch(/something-secret|emulator-secret/)
    expect(JSON.stringify((await call(emulator, '/emulator')).body)).not.toContain('emulator-secret')
  })

  it('shows visitors and what was discarded, and forgets all of it on reset', async () => {
    const event = { eventType: 'ACTIVITY', nonce: 'A'.repeat(16), visitorCode: 'v/1' }
    const path = `/visit/events?siteCode=${emulator.sitecode}&json=true`
    await post(path, [event, { eventType: 'NONE' }])
    expect((await call(emulator, '/emulator/visitors/v%2F1')).body).toMatchObject({
      visitorCode: 'v/1',
      events: [event]
    })
    expect((await call(emulator, '/emulator/discarded')).body).toMatchObject([{ reason: 'unknown event type' }])
    expect((await call(emulator, '/emulator')).body).toMatchObject({ visitors: 1, totals: { discarded: 1 } })
    await post('/emulator/reset')
    expect((await call(emulator, '/emulator')).body).toMatchObject({
      visitors: 0,
      totals: { discarded: 0, requests: {} }
    })
    expect(await call(emulator, '/emulator/visitors/v%2F1')).toMatchObject({
      status: 404,
      body: { message: "Nothing is known about visitor 'v/1'." }
    })
  })
})
