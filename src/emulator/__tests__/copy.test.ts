import { EmulatorCopy, startEmulator, type Emulator } from '..'
import { sendEvents, writeMaps } from './call'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator({ mapWrites: 'replace' })
})
afterEach(() => emulator.reset())
afterAll(() => emulator.close())

const DATA = 'https://eu-data.kameleoon.io'
const headers = { 'user-agent': 'EmulatorTest/1.0', 'content-type': 'application/json' }
const visit = { eventType: 'PAGE', visitorCode: 'visitor-1', nonce: 'AB12AB12AB12AB12', href: 'https://a.example/' }

const mapsAt = (copy: EmulatorCopy, keys: string[]) =>
  copy.answer(`${DATA}/map/maps?siteCode=${emulator.sitecode}&keys=${encodeURIComponent(JSON.stringify(keys))}`, {
    method: 'GET',
    headers
  })
const writeAt = (copy: EmulatorCopy, maps: object) =>
  copy.answer(`${DATA}/map/maps?siteCode=${emulator.sitecode}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(maps)
  })
const visitAt = (copy: EmulatorCopy) =>
  copy.answer(`${DATA}/visit/events?siteCode=${emulator.sitecode}&json=true`, {
    method: 'POST',
    headers,
    body: JSON.stringify([visit])
  })

describe('a copy of the emulator', () => {
  it('reads the maps of the emulator, and writes and deletes its own only', async () => {
    await writeMaps(emulator, { a: { x: 1 }, b: { y: 2 } })
    const copy = await emulator.copy()
    await writeAt(copy, { a: {}, c: { z: 3 } })
    expect(JSON.parse((await mapsAt(copy, ['a', 'b', 'c'])).content)).toEqual({ b: { y: 2 }, c: { z: 3 } })
    expect(Object.keys(emulator.maps())).toEqual(['a', 'b'])
    expect(copy.results.map(({ key, kind }) => [key, kind])).toEqual([
      ['a', 'kept'],
      ['c', 'kept']
    ])
  })

  it('knows the nonces of the emulator, unless its mode says otherwise, and adds none there', async () => {
    const before = await emulator.copy()
    await visitAt(before)
    await sendEvents(emulator, [visit])
    const after = await emulator.copy()
    await visitAt(after)
    const storing = await emulator.copy({ nonces: 'store' })
    await visitAt(storing)
    expect([before, after, storing].map(({ results: [{ kind }] }) => kind)).toEqual(['kept', 'duplicate', 'kept'])
    expect(emulator.duplicates).toEqual([])
    expect(emulator.visitor('visitor-1')?.pages).toHaveLength(1)
  })

  it('has the goals of the emulator with their ids; a new one stays its own', async () => {
    const { id } = emulator.addGoal({ name: 'Tried' })
    const copy = await emulator.copy()
    expect(copy.goals).toEqual(emulator.goals)
    copy.addGoal('Only here')
    expect(copy.goals.map(({ name }) => name)).toContain('Only here')
    expect(emulator.goals.at(-1)).toMatchObject({ id, name: 'Tried' })
  })

  it('has no faults, and uses none up', async () => {
    emulator.faults.add({ status: 500, times: 1 })
    const copy = await emulator.copy()
    expect((await visitAt(copy)).status).toBe(204)
    expect((await sendEvents(emulator, [visit])).status).toBe(500)
  })

  it('can be empty, and takes a form as client credentials', async () => {
    const copy = await EmulatorCopy.empty({ goals: [], customData: [] })
    const { id, secret } = JSON.parse(Buffer.from(copy.apiKey, 'base64').toString()) as { id: string; secret: string }
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret })
    const answer = await copy.answer('https://api.kameleoon.com/oauth/token', {
      method: 'POST',
      headers: { 'user-agent': 'EmulatorTest/1.0' },
      body
    })
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-none')]).toEqual([
      200,
      'application/json; charset=utf-8',
      null
    ])
    expect(copy.goals).toEqual([])
  })
})
