import { startEmulator, type Emulator } from '..'
import { authorization, call, requestToken } from './call'

const USER_ID = {
  id: expect.any(Number) as number,
  ...{ index: 6, name: 'User ID', scope: 'VISITOR', localOnly: false, isMappingIdentifier: true }
}

describe('the hosts of Kameleoon', () => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterEach(() => emulator.reset())
  afterAll(() => emulator.close())
  const map = (host: string) => call(emulator, `/map/map?siteCode=${emulator.sitecode}&key=k`, { host })

  it.each(['eu-data.kameleoon.io', 'EU-DATA.kameleoon.io:443', 'localhost:4010', '127.0.0.1'])(
    'serve the Data API at %s',
    async (host) => {
      expect(await map(host)).toMatchObject({ status: 200, body: {} })
    }
  )

  it.each(['na-data.kameleoon.io', 'eu-data.kameleoon.eu', 'na-data.kameleoon.eu', 'data.kameleoon.io'])(
    'do not know the site code at %s',
    async (host) => {
      const message = `Site code '${emulator.sitecode}' is unknown on ${host}.`
      expect(await map(host)).toMatchObject({ status: 404, body: { message } })
    }
  )

  it('know the site code where the option dataHost says', async () => {
    const american = await startEmulator({ dataHost: 'na-data.kameleoon.io' })
    try {
      const at = (host: string) => call(american, `/map/map?siteCode=${american.sitecode}&key=k`, { host })
      expect((await at('na-data.kameleoon.io')).status).toBe(200)
      expect((await at('eu-data.kameleoon.io')).status).toBe(404)
    } finally {
      await american.close()
    }
  })

  it.each([
    ['api.kameleoon.com', '/map/map'],
    ['eu-data.kameleoon.io', '/goals'],
    ['eu-data.kameleoon.io', '/oauth/token'],
    ['eu-data.kameleoon.io', '/emulator'],
    ['sdk-config.kameleoon.eu', '/sites']
  ])('%s has no %s', async (host, path) => {
    expect(await call(emulator, path, { host })).toMatchObject({
      status: 404,
      body: { message: `${host} has no ${path}.` }
    })
  })

  it('leave other hosts alone', async () => {
    expect(await map('example.com')).toMatchObject({
      status: 421,
      body: { message: "'example.com' is not one of Kameleoon's hosts." }
    })
    expect((await map('constructor')).status).toBe(421)
  })

  it('answer 404 to a path nobody has', async () => {
    const answer = await call(emulator, '/visit/unknown')
    expect(answer).toMatchObject({ status: 404, body: { message: 'There is no GET /visit/unknown on this host.' } })
    expect(emulator.totals.requests).toEqual({ 'GET unknown path 404': 1 })
  })

  it('serve what the JavaScript SDK needs to start', async () => {
    const answer = await call(emulator, `/v3/${emulator.sitecode}?ts=1`, { host: 'sdk-config.kameleoon.eu' })
    expect(answer.body).toEqual({
      customData: expect.arrayContaining([USER_ID]) as unknown,
      featureFlags: [],
      configuration: {
        dataApiDomain: 'eu-data.kameleoon.io',
        realTimeUpdate: false,
        consentType: 'NOT_REQUIRED',
        consentOptOutBehavior: 'PARTIALLY_BLOCK'
      }
    })
    expect(await call(emulator, '/v3/nobody0000')).toMatchObject({
      status: 404,
      body: { message: "Site code 'nobody0000' is unknown." }
    })
  })

  it('record every request as it arrived, with its answer', async () => {
    const headers = await authorization(emulator)
    await call(emulator, '/visit/forget?siteCode=x', {
      method: 'POST',
      headers,
      body: 'v1',
      host: 'eu-data.kameleoon.io'
    })
    expect(emulator.requests.map(({ path }) => path)).toEqual(['/oauth/token', '/visit/forget'])
    expect(emulator.requests[1]).toMatchObject({
      method: 'POST',
      host: 'eu-data.kameleoon.io',
      query: { siteCode: 'x' },
      headers: { ...headers, 'user-agent': 'EmulatorTest/1.0' },
      body: 'v1',
      status: 400
    })
  })
})

describe('the bot rule', () => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterAll(() => emulator.close())
  const withAgent = (agent: string) =>
    call(emulator, `/map/map?siteCode=${emulator.sitecode}&key=k`, { headers: { 'user-agent': agent } })

  it.each([
    'MyCustomUserAgent/1.0',
    'segment-destination-kameleoon/1.0.0',
    'Kameleoon-Segment/2',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36'
  ])('lets %s in', async (agent) => {
    expect(await withAgent(agent)).toMatchObject({ status: 200, body: {} })
  })

  it.each([
    ...['', 'node', 'node-fetch', 'undici', 'axios/1.6.0', 'curl/8.5.0', 'Go-http-client/1.1', 'python-requests/2.31'],
    ...['Segment (Actions)', 'Googlebot/2.1', 'Mozilla/5.0 (compatible; bingbot/2.0)', 'okhttp/4.9.0', 'GuzzleHttp/7']
  ])('rejects %p', async (agent) => {
    const answer = await withAgent(agent)
    expect(answer).toMatchObject({ status: 403, body: { message: expect.stringContaining('user agent') as string } })
  })

  it('does not reach the token', async () => {
    const answer = await call(emulator, '/oauth/token', { method: 'POST', headers: { 'user-agent': 'node' } })
    expect(answer.status).toBe(400)
    expect((await requestToken(emulator)).status).toBe(200)
  })
})
