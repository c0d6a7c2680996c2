import { startEmulator, type Emulator } from '..'
import { call, stillClock, writeMaps } from './call'

const HOUR = 3_600_000

describe.each(['merge', 'replace'] as const)('maps that %s', (mapWrites) => {
  const clock = stillClock()
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator({ mapWrites, clock: clock.now })
  })
  afterEach(() => emulator.reset())
  afterAll(() => emulator.close())
  const get = (path: string) => call(emulator, `${path}&siteCode=${emulator.sitecode}`)
  const getMaps = (keys: unknown) => get(`/map/maps?keys=${encodeURIComponent(JSON.stringify(keys))}`)

  it('can be read one by one and many at once', async () => {
    expect((await writeMaps(emulator, { a: { x: 1, y: [true] }, 'ü/&': { z: 'text' } })).status).toBe(204)
    expect((await get('/map/map?key=a')).body).toEqual({ x: 1, y: [true] })
    expect((await get(`/map/map?key=${encodeURIComponent('ü/&')}`)).body).toEqual({ z: 'text' })
    expect((await getMaps(['a', 'nobody', 'ü/&'])).body).toEqual({ a: { x: 1, y: [true] }, 'ü/&': { z: 'text' } })
    expect(emulator.map('a')).toEqual({ x: 1, y: [true] })
    expect(emulator.discarded).toEqual([])
  })

  it('answers an unknown key with an empty map, or leaves it out of many', async () => {
    expect(await get('/map/map?key=nobody')).toMatchObject({ status: 200, body: {} })
    expect((await getMaps(['nobody'])).body).toEqual({})
    expect(emulator.map('nobody')).toBeUndefined()
  })

  it('live 2208 hours when nothing is said, on the injected clock', async () => {
    await writeMaps(emulator, { a: { x: 1 } })
    expect(emulator.maps()).toEqual({
      a: { fields: { x: 1 }, writtenAt: clock.now(), expiresAt: clock.now() + 2208 * HOUR }
    })
    clock.pass(2208 * HOUR - 1)
    expect(emulator.map('a')).toEqual({ x: 1 })
    clock.pass(1)
    expect([emulator.map('a'), emulator.maps()]).toEqual([undefined, {}])
    expect((await get('/map/map?key=a')).body).toEqual({})
  })

  it('live as long as the last write says', async () => {
    await writeMaps(emulator, { a: { x: 1 } }, '&ttlHours=1')
    clock.pass(HOUR - 1)
    await writeMaps(emulator, { a: { x: 2 } }, '&ttlHours=8784')
    clock.pass(8784 * HOUR - 1)
    expect(emulator.map('a')).toEqual({ x: 2 })
  })

  it.each(['0', '8785', '1.5', 'long'])('say 400 to ttlHours=%s', async (ttlHours) => {
    const answer = await writeMaps(emulator, { a: { x: 1 } }, `&ttlHours=${ttlHours}`)
    expect(answer).toMatchObject({
      status: 400,
      body: { message: `ttlHours must be an integer from 1 to 8784, not '${ttlHours}'.` }
    })
    expect(emulator.maps()).toEqual({})
  })

  it.each([
    ['a long key', { ['k'.repeat(101)]: { x: 1 } }, 'map key longer than 100 characters'],
    ['a long field name', { a: { ['f'.repeat(1025)]: 1 } }, 'field name longer than 1024 characters'],
    ['a value that is no map', { a: 'text' }, 'map is not a JSON object'],
    ['a list', { a: [1] }, 'map is not a JSON object'],
    ['no object around', [1], 'body is not a JSON object of maps'],
    ['broken JSON', '{"a":', 'body is not a JSON object of maps']
  ])('accept and then discard %s', async (_, maps, reason) => {
    expect((await writeMaps(emulator, maps)).status).toBe(204)
    expect(emulator.discarded).toMatchObject([{ reason, path: '/map/maps' }])
    expect(emulator.maps()).toEqual({})
  })

  it('write the good keys beside a bad one', async () => {
    await writeMaps(emulator, { bad: 1, ['k'.repeat(100)]: { ['f'.repeat(1024)]: 1 } })
    expect(Object.keys(emulator.maps())).toEqual(['k'.repeat(100)])
  })

  it.each([
    ['no keys', '/map/maps?', /not JSON/],
    ['keys as text', '/map/maps?keys=%22a%22', /JSON array/],
    ['a key that is a number', '/map/maps?keys=[1]', /key is required/],
    ['a long key', `/map/map?key=${'k'.repeat(101)}`, /at most 100 characters/],
    ['no key', '/map/map?', /key is required/]
  ])('say 400 to a read with %s', async (_, path, message) => {
    expect(await get(path)).toMatchObject({ status: 400, body: { message: expect.stringMatching(message) as string } })
  })

  it('can be read a hundred at once and no more', async () => {
    const keys = Array.from({ length: 101 }, (_, index) => `k${index}`)
    expect((await getMaps(keys.slice(1))).status).toBe(200)
    expect(await getMaps(keys)).toMatchObject({
      status: 400,
      body: { message: 'At most 100 keys a request, not 101.' }
    })
  })

  it('say 413 above 1 MB', async () => {
    const body = (bytes: number) => `{"a":{"x":"${'y'.repeat(bytes - 14)}"}}`
    expect(body(1_000_000)).toHaveLength(1_000_000)
    expect((await writeMaps(emulator, body(1_000_000))).status).toBe(204)
    emulator.reset()
    expect((await writeMaps(emulator, body(1_000_001))).status).toBe(413)
    expect(emulator.maps()).toEqual({})
  })

  it('say 400 to a body that is not declared as JSON', async () => {
    const path = `/map/maps?siteCode=${emulator.sitecode}`
    const answer = await call(emulator, path, { method: 'POST', body: '{"a":{"x":1}}' })
    expect(answer).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('application/json') as string }
    })
    expect(emulator.maps()).toEqual({})
  })

  it('tell which names a reader sees that loops over field names', async () => {
    await writeMaps(emulator, { a: { vip: true, cart: true } })
    await writeMaps(emulator, { a: { vip: null, cart: true } })
    expect(emulator.fieldNames('a')).toEqual(mapWrites === 'merge' ? ['cart'] : ['vip', 'cart'])
    expect(emulator.fieldNames('nobody')).toEqual([])
  })

  it('list a misspelt parameter', async () => {
    await writeMaps(emulator, { a: { x: 1 } }, '&ttlhours=1')
    expect(emulator.discarded).toMatchObject([{ reason: 'query parameter without effect', field: 'ttlhours' }])
  })

  it('change the way this mode writes', async () => {
    await writeMaps(emulator, { a: { x: 1, y: 2 } })
    await writeMaps(emulator, { a: { y: null, z: 3 } })
    expect(emulator.map('a')).toEqual(mapWrites === 'merge' ? { x: 1, z: 3 } : { y: null, z: 3 })
    await writeMaps(emulator, { a: {} })
    expect(emulator.map('a')).toEqual(mapWrites === 'merge' ? { x: 1, z: 3 } : undefined)
  })
})
