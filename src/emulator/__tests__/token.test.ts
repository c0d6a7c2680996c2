import { startEmulator, type Emulator } from '..'
import { authorization, call, requestToken, stillClock } from './call'

describe('POST /oauth/token', () => {
  const clock = stillClock()
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator({ clock: clock.now, tokenLifetimeSeconds: 600 })
  })
  afterEach(() => emulator.reset())
  afterAll(() => emulator.close())

  const readMap = (headers: Record<string, string>) =>
    call(emulator, `/map/map?siteCode=${emulator.sitecode}&key=k`, { headers })

  it('exchanges the credentials inside the API key for a token', async () => {
    const answer = await requestToken(emulator)
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
      token_type: 'Bearer',
      expires_in: 600
    })
    expect(emulator.tokensIssued).toBe(1)
  })

  it('never hands out the same token twice', async () => {
    expect(await authorization(emulator)).not.toEqual(await authorization(emulator))
    expect(emulator.tokensIssued).toBe(2)
  })

  it('says 401 to wrong credentials and issues nothing', async () => {
    const answer = await requestToken(emulator, { client_secret: 'guessed' })
    expect(answer).toMatchObject({ status: 401, body: { message: 'Bad client credentials.' } })
    expect(emulator.tokensIssued).toBe(0)
  })

  it.each([
    ['another grant type', { grant_type: 'password' }, "Unsupported grant_type 'password'."],
    ['a missing client id', { client_id: '' }, 'client_id and client_secret are required.']
  ])('says 400 to %s', async (_, fields, message) => {
    expect(await requestToken(emulator, fields)).toMatchObject({ status: 400, body: { message } })
  })

  it('says 400 to a JSON body', async () => {
    const headers = { 'content-type': 'application/json' }
    const answer = await call(emulator, '/oauth/token', { method: 'POST', headers, body: '{}' })
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({
      message: "Content-Type must be application/x-www-form-urlencoded, not 'application/json'."
    })
  })

  it('rejects a client secret in the URL and lists it', async () => {
    const answer = await call(emulator, '/oauth/token?client_secret=emulator-secret-not-real', { method: 'POST' })
    expect(answer.status).toBe(400)
    expect(emulator.discarded).toMatchObject([{ reason: 'client secret in a URL', field: 'client_secret' }])
    expect(emulator.tokensIssued).toBe(0)
  })

  it('lists a client secret in the URL of any other call', async () => {
    await call(emulator, `/map/map?siteCode=${emulator.sitecode}&key=emulator-secret-not-real`)
    expect(emulator.discarded).toMatchObject([{ reason: 'client secret in a URL', path: '/map/map', field: 'key' }])
  })

  it('lets a token in until its lifetime has passed on the clock', async () => {
    const headers = await authorization(emulator)
    clock.pass(599_999)
    expect((await readMap(headers)).status).toBe(200)
    clock.pass(1)
    const answer = await readMap(headers)
    expect(answer).toMatchObject({ status: 401, body: { message: 'The access token is invalid or has expired.' } })
  })

  it('makes every token invalid at once on demand', async () => {
    const headers = await authorization(emulator)
    emulator.expireTokens()
    expect((await readMap(headers)).status).toBe(401)
    expect((await readMap(await authorization(emulator))).status).toBe(200)
  })

  it('says 401 to anything but a bearer token', async () => {
    const answer = await readMap({ authorization: 'Basic abc' })
    expect(answer).toMatchObject({ status: 401, body: { message: expect.stringContaining('Bearer') as string } })
  })
})

describe('the option requireToken', () => {
  it('makes the Data API say 401 to a call without a token, and store nothing', async () => {
    const emulator = await startEmulator({ requireToken: true })
    try {
      const path = `/visit/forget?siteCode=${emulator.sitecode}`
      const sent = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'v1' }
      expect(await call(emulator, path, sent)).toMatchObject({
        status: 401,
        body: { message: 'An access token is required.' }
      })
      expect(emulator.forgotten).toEqual([])
      const headers = { ...sent.headers, ...(await authorization(emulator)) }
      expect((await call(emulator, path, { ...sent, headers })).status).toBe(204)
      expect(emulator.forgotten).toEqual(['v1'])
    } finally {
      await emulator.close()
    }
  })
})
