import { startEmulator, type Emulator } from '..'
import { call, sendEvents, writeMaps } from './call'

const OTHERS: [string, Record<string, string>][] = [
  ['a page elsewhere', { origin: 'https://evil.example' }],
  ['a page on another port of this machine', { origin: 'http://127.0.0.1:9' }],
  ['a sandboxed page', { origin: 'null' }],
  ['a page elsewhere without Origin', { 'sec-fetch-site': 'cross-site' }],
  ['another host of the same site without Origin', { 'sec-fetch-site': 'same-site' }]
]

const EVENT = { eventType: 'CUSTOMDATA', visitorCode: 'visitor-1', index: 1, valuesCountMap: { gold: 1 } }
const events = [{ ...EVENT, nonce: '0123456789ABCDEF' }]

describe('web pages of other origins', () => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  beforeEach(() => emulator.reset())
  afterAll(() => emulator.close())

  describe.each(OTHERS)('%s', (_who, headers) => {
    it('cannot reset the emulator, change its faults or write stored data', async () => {
      await sendEvents(emulator, events)
      const fault = JSON.stringify({ path: '/visit/events', status: 500 })
      const tries = [
        await call(emulator, '/emulator/reset', { method: 'POST', headers }),
        await call(emulator, '/emulator/faults', { method: 'POST', headers, body: fault }),
        await call(emulator, '/emulator/faults', { method: 'DELETE', headers }),
        await call(emulator, `/map/maps?siteCode=${emulator.sitecode}`, {
          ...{ method: 'POST', body: '{"IDENTIFY_a":{"b":"c"}}' },
          headers: { ...headers, 'content-type': 'application/json' }
        }),
        await call(emulator, `/visit/forget?siteCode=${emulator.sitecode}`, { method: 'POST', headers, body: '[]' }),
        await call(emulator, '/oauth/token', { method: 'POST', headers })
      ]
      expect(tries.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403])
      expect(tries[0].body).toEqual({ message: 'A web page of another origin may not send POST /emulator/reset.' })
      expect([emulator.visitors(), emulator.faults.list(), emulator.maps()]).toEqual([['visitor-1'], [], {}])
    })
  })

  it('cannot use up a fault that was added for other requests', async () => {
    emulator.faults.add({ status: 500, times: 1 })
    await call(emulator, '/goals', { method: 'POST', headers: { origin: 'https://evil.example' } })
    expect(emulator.faults.list().map(({ hits }) => hits)).toEqual([0])
  })

  it('are not allowed to read what the emulator shows its user', async () => {
    const headers = { origin: 'https://evil.example' }
    for (const path of ['/emulator', '/emulator/requests', '/emulator/discarded', '/goals']) {
      expect((await call(emulator, path, { headers })).headers).not.toHaveProperty('access-control-allow-origin')
      const preflight = { ...headers, 'access-control-request-method': 'GET' }
      const asked = await call(emulator, path, { method: 'OPTIONS', headers: preflight })
      expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([404, undefined])
    }
  })

  it('can send visit events, and read stored data and the configuration, as with Kameleoon', async () => {
    await writeMaps(emulator, { IDENTIFY_a: { plan: 'pro' } })
    const headers = {
      origin: 'https://shop.example',
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/json'
    }
    const site = `siteCode=${emulator.sitecode}`
    const sent = await call(emulator, `/visit/events?${site}&json=true`, {
      ...{ method: 'POST', headers, body: JSON.stringify(events) }
    })
    const read = await call(emulator, `/map/map?${site}&key=IDENTIFY_a`, { headers })
    const configuration = await call(emulator, `/v3/${emulator.sitecode}`, { headers })
    const answers = [sent, read, configuration]
    expect(answers.map(({ status, headers: got }) => [status, got['access-control-allow-origin']])).toEqual([
      [204, '*'],
      [200, '*'],
      [200, '*']
    ])
    expect(read.body).toEqual({ plan: 'pro' })
    expect(emulator.visitors()).toEqual(['visitor-1'])
  })

  it('are told before a request with JSON that they may send it', async () => {
    const headers = {
      ...{ origin: 'https://shop.example', 'access-control-request-method': 'POST' },
      'access-control-request-headers': 'content-type,x-kameleoon'
    }
    const answer = await call(emulator, `/visit/events?siteCode=${emulator.sitecode}`, { method: 'OPTIONS', headers })
    expect(answer).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type,x-kameleoon'
      }
    })
    expect(emulator.visitors()).toEqual([])
  })
})

describe('a domain of others that points at this machine', () => {
  it('reaches nothing', async () => {
    const emulator = await startEmulator()
    try {
      const host = 'rebound.example:8321'
      const headers = { origin: 'http://rebound.example:8321', 'sec-fetch-site': 'same-origin' }
      const tries = [
        await call(emulator, '/emulator/reset', { method: 'POST', host, headers }),
        await call(emulator, '/emulator/requests', { host }),
        await call(emulator, `/map/map?siteCode=${emulator.sitecode}&key=k`, { host })
      ]
      expect(tries.map(({ status }) => status)).toEqual([421, 421, 421])
    } finally {
      await emulator.close()
    }
  })
})

describe('its own origin and other programs', () => {
  it.each<[string, Record<string, string>]>([
    ['a program', {}],
    ['an address typed into a browser', { 'sec-fetch-site': 'none' }],
    ['a page of the same origin', { origin: 'http://127.0.0.1', 'sec-fetch-site': 'same-origin' }]
  ])('%s can reset the emulator', async (_who, headers) => {
    const emulator = await startEmulator()
    try {
      await sendEvents(emulator, events)
      expect((await call(emulator, '/emulator/reset', { method: 'POST', headers })).status).toBe(204)
      expect(emulator.visitors()).toEqual([])
    } finally {
      await emulator.close()
    }
  })
})
