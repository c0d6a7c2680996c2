import { startEmulator, type Emulator, type EmulatorInput } from '..'
import { stillClock, writeMaps } from './call'

const running: Emulator[] = []
afterEach(() => Promise.all(running.splice(0).map((emulator) => emulator.close())))

async function started(options: EmulatorInput): Promise<Emulator> {
  const emulator = await startEmulator(options)
  running.push(emulator)
  return emulator
}

async function send(emulator: Emulator, method: string, path: string, body: string, type: string): Promise<Response> {
  const headers = { 'user-agent': 'MyCustomUserAgent/1.0', 'content-type': type }
  return fetch(`${emulator.url}${path}?siteCode=${emulator.sitecode}&json=true`, { method, headers, body })
}

const page = (digit: string, further: object = {}): object => ({
  ...{ eventType: 'PAGE', href: 'https://example.com', visitorCode: 'v1', nonce: digit.repeat(16) },
  ...further
})
const sendEvents = (emulator: Emulator, ...events: object[]): Promise<Response> =>
  send(emulator, 'POST', '/visit/events', JSON.stringify(events), 'application/json')

describe('the modes of the emulator', () => {
  it.each([
    ['merge', 'remove', { a: 1 }],
    ['merge', 'keep', { a: 1, b: null }],
    ['merge', 'ignore', { a: 1, b: 2 }],
    ['replace', 'remove', { c: 3 }],
    ['replace', 'keep', { b: null, c: 3 }],
    ['replace', 'ignore', { b: 2, c: 3 }]
  ] as const)('write a map with %s and null fields with %s', async (mapWrites, nullFields, expected) => {
    const emulator = await started({ mapWrites, nullFields })
    await writeMaps(emulator, { key: { a: 1, b: 2 } })
    await writeMaps(emulator, { key: mapWrites === 'merge' ? { b: null } : { b: null, c: 3 } })
    expect(emulator.map('key')).toEqual(expected)
  })

  it('carry out writes of maps in their order, each when its time has come', async () => {
    const clock = stillClock()
    const emulator = await started({ mapsVisibleAfterMs: 1_000, clock: clock.now })
    await writeMaps(emulator, { key: { a: 1 } })
    clock.pass(600)
    await writeMaps(emulator, { key: { a: null, b: 2 } })
    expect(emulator.maps()).toEqual({})
    clock.pass(400)
    expect(emulator.map('key')).toEqual({ a: 1 })
    clock.pass(600)
    expect(emulator.map('key')).toEqual({ b: 2 })
  })

  it('lose the good events of a body with a bad one, and say so', async () => {
    const emulator = await started({ neighbours: 'lose' })
    expect((await sendEvents(emulator, page('A'), page('B', { eventType: 'NOTHING' }))).status).toBe(204)
    expect(emulator.visitors()).toEqual([])
    const reasons = emulator.discarded.map(({ reason }) => reason)
    expect(reasons).toContain('another event of the body was bad')
  })

  it('keep the good events of a body that is answered with 400', async () => {
    const emulator = await started({ content: 'reject', neighbours: 'keep' })
    expect((await sendEvents(emulator, page('A'), page('B', { eventType: 'NOTHING' }))).status).toBe(400)
    expect(emulator.visitor('v1')?.events.map(({ nonce }) => nonce)).toEqual(['A'.repeat(16)])
  })

  it('store an event again when its nonce is repeated, and still list it as a duplicate', async () => {
    const emulator = await started({ nonces: 'store' })
    await sendEvents(emulator, page('A'))
    await sendEvents(emulator, page('A'))
    expect(emulator.visitor('v1')?.pages).toHaveLength(2)
    expect(emulator.duplicates).toEqual([{ nonce: 'A'.repeat(16), count: 2 }])
  })

  it('need a token for the named calls alone', async () => {
    const emulator = await started({ requireToken: ['POST /visit/forget'] })
    expect((await send(emulator, 'POST', '/visit/forget', 'v1', 'text/plain')).status).toBe(401)
    expect((await sendEvents(emulator, page('A'))).status).toBe(204)
  })

  it('answer every accepted body with the given status', async () => {
    const emulator = await started({ acceptedStatus: 202 })
    const statuses = [
      (await send(emulator, 'POST', '/visit/forget', 'v1', 'text/plain')).status,
      (await sendEvents(emulator, page('A'))).status,
      (await writeMaps(emulator, { key: { a: 1 } })).status
    ]
    expect(statuses).toEqual([202, 202, 202])
  })
})
