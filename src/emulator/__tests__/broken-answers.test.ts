import http from 'http'
import { startEmulator, type Emulator, type FaultRule } from '..'
import { call, writeMaps } from './call'

/** What a client sees of an answer until `enough` says so, or until the connection ends. */
interface Seen {
  status?: number
  announced?: number
  body: string
  error?: string
}

describe('answers that break off', () => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterEach(() => emulator.reset())
  afterAll(() => emulator.close())

  const write = (onBody: () => void, body = '{"key":{"field":1}}'): Promise<Seen> => {
    const seen: Seen = { body: '' }
    const headers = { 'user-agent': 'EmulatorTest/1.0', 'content-type': 'application/json' }
    const path = `/map/maps?siteCode=${emulator.sitecode}`
    return new Promise((resolve) => {
      const request = http.request({ port: emulator.port, path, method: 'POST', headers }, (response) => {
        Object.assign(seen, { status: response.statusCode, announced: Number(response.headers['content-length']) })
        response.on('data', (part: Buffer) => {
          seen.body += part.toString()
          onBody()
        })
        response.on('error', (error: NodeJS.ErrnoException) => resolve({ ...seen, error: error.code }))
        response.on('end', () => resolve(seen))
      })
      leave = () => request.destroy()
      request.on('error', (error: NodeJS.ErrnoException) => resolve({ ...seen, error: error.code }))
      request.end(body)
    })
  }
  let leave = (): void => undefined

  it.each<[FaultRule]>([[{ stall: 'body' }], [{ stall: 'body', status: 200, body: 'a text of some length' }]])(
    'send half of their body and then nothing: %j',
    async (rule) => {
      emulator.faults.add(rule)
      const seen = await write(() => leave())
      expect(seen).toMatchObject({ status: 200, error: 'ECONNRESET' })
      expect(seen.body.length).toBe(Math.ceil((seen.announced ?? 0) / 2))
      expect(emulator.map('key')).toEqual(rule.status === undefined ? { field: 1 } : undefined)
    }
  )

  it('lose their connection in the middle of the body, after everything was stored', async () => {
    emulator.faults.add({ reset: 'in body' })
    const seen = await write(() => undefined)
    expect(seen).toMatchObject({ status: 200, error: 'ECONNRESET' })
    expect(seen.body.length).toBeLessThan(seen.announced ?? 0)
    expect(emulator.map('key')).toEqual({ field: 1 })
  })

  it('never begin, after everything was stored', async () => {
    emulator.faults.add({ stall: 'headers', path: '/map/maps' })
    const pending = write(() => undefined)
    while (emulator.map('key') === undefined) await call(emulator, '/emulator')
    leave()
    expect(await pending).toEqual({ body: '', error: 'ECONNRESET' })
    expect(emulator.requests).toMatchObject([{ path: '/map/maps', status: 0 }])
  })

  it('do not keep the emulator from closing', async () => {
    const other = await startEmulator()
    other.faults.add({ stall: 'headers' })
    const pending = writeMaps(other, { key: { field: 1 } })
    const ended = expect(pending).rejects.toMatchObject({ code: 'ECONNRESET' })
    while (other.requests.length === 0) await call(other, '/emulator')
    await other.close()
    await ended
  })
})

describe('redirects', () => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterEach(() => emulator.reset())
  afterAll(() => emulator.close())

  it.each([300, 301, 302, 303, 304, 305, 306, 307, 308])(
    'of status %i say where they point, and store nothing',
    async (status) => {
      emulator.faults.add({ status, location: 'https://collector.example.net/take' })
      const answer = await writeMaps(emulator, { key: { field: 1 } })
      expect(answer).toMatchObject({ status, headers: { location: 'https://collector.example.net/take' } })
      expect(emulator.maps()).toEqual({})
    }
  )

  it('that are followed to another host are listed with body and authorization', async () => {
    const headers = { authorization: 'Bearer token' }
    await call(emulator, '/take', { method: 'POST', host: 'collector.example.net', headers, body: 'data' })
    await call(emulator, '/take', { method: 'POST', host: 'x.eu-data.kameleoon.io', body: 'more' })
    await call(emulator, '/take', { method: 'POST', host: 'eu-data.kameleoon.io', body: 'own' })
    expect(emulator.misdirected).toMatchObject([
      { host: 'collector.example.net', path: '/take', status: 421, headers, body: 'data' },
      { host: 'x.eu-data.kameleoon.io', status: 421, body: 'more' }
    ])
    expect(emulator.requests).toHaveLength(3)
  })

  it('find a host that answers, if a fault plays one', async () => {
    emulator.faults.add({ host: 'collector.example.net', status: 200, body: { taken: true } })
    emulator.faults.add({ status: 307, location: 'https://collector.example.net/take' })
    expect((await writeMaps(emulator, {})).status).toBe(307)
    expect(await call(emulator, '/take', { host: 'collector.example.net' })).toMatchObject({ body: { taken: true } })
    expect(emulator.misdirected).toHaveLength(1)
  })
})

describe('the bodies of faults', () => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterEach(() => emulator.reset())
  afterAll(() => emulator.close())

  it.each([
    [null, 'application/json; charset=utf-8', null],
    [[], 'application/json; charset=utf-8', []],
    [{ message: 'Down.' }, 'application/json; charset=utf-8', { message: 'Down.' }],
    ['"quoted"', 'text/plain', 'quoted'],
    ['', 'text/plain', undefined]
  ])('are sent as they are: %j', async (body, type, parsed) => {
    emulator.faults.add({ status: 200, body })
    const answer = await call(emulator, '/map/maps')
    expect(answer.headers['content-type']).toContain(type)
    expect(answer.body).toEqual(parsed)
  })

  it('are absent from a 204', async () => {
    emulator.faults.add({ status: 204 })
    expect(await call(emulator, '/map/maps')).toMatchObject({ status: 204, body: undefined })
  })
})
