import type { SegmentEvent } from '@segment/actions-core'
import { group, identify, track } from './events'
import { startKameleoon, type Kameleoon } from './kameleoon'
import { MAX_MAPS_BYTES } from '../destinations/kameleoon/kameleoon-api/limits'

function erase(kameleoon: Kameleoon, ids: Pick<SegmentEvent, 'userId' | 'anonymousId'>) {
  const { onDelete } = kameleoon.destination
  if (!onDelete) throw new Error('The destination deletes nobody')
  return onDelete.call(kameleoon.destination, { type: 'delete', ...ids }, { ...kameleoon.settings })
}

async function leaveTraces(kameleoon: Kameleoon): Promise<void> {
  const ids = { userId: 'user1' }
  await kameleoon.single(identify({ plan: 'gold' }, ids))
  await kameleoon.single(group('acme', {}, ids))
  await kameleoon.single(track('Audience Entered', { audience_key: 'vip' }, ids))
  await kameleoon.single(track('Order Completed', {}, ids))
  await kameleoon.single(
    identify({ plan: 'free', kameleoonVisitorCode: 'visitor2' }, { userId: 'user2', anonymousId: 'anonymous-2' })
  )
}

describe.each(['merge', 'replace'] as const)('deletion, where Kameleoon would %s', (mapWrites) => {
  it('forgets the linked visitor and the ids, and empties everything stored under them', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await leaveTraces(kameleoon)
    await erase(kameleoon, { userId: 'user1', anonymousId: 'anonymous-1' })

    const [request] = kameleoon.requests('/visit/forget')
    expect(request).toMatchObject({ host: 'eu-data.kameleoon.io', query: { siteCode: 'emulated01' } })
    expect(request.headers).toMatchObject({ 'content-type': 'text/plain' })
    expect(request.headers.authorization).toMatch(/^Bearer \S+$/)
    expect(request.body.split('\n').sort()).toEqual(['anonymous-1', 'user1', 'visitor1'])
    expect(kameleoon.emulator.forgotten.sort()).toEqual(['anonymous-1', 'user1', 'visitor1'])
    expect(kameleoon.emulator.visitor('visitor1')).toBeUndefined()
    expect(kameleoon.allStored()).toEqual({
      IDENTIFY_visitor2: { plan: 'free' },
      IDENTIFY_user2: { plan: 'free' },
      LINK_user2: { kameleoonVisitorCode: 'visitor2' },
      ['LINK_anonymous-2']: { kameleoonVisitorCode: 'visitor2' }
    })
  })

  it('of a user id alone finds the visitor too', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await leaveTraces(kameleoon)
    await erase(kameleoon, { userId: 'user2' })
    expect(kameleoon.emulator.forgotten.sort()).toEqual(['user2', 'visitor2'])
    expect(kameleoon.stored('IDENTIFY_visitor2')).toBeUndefined()
    expect(kameleoon.stored('LINK_user2')).toBeUndefined()
    expect(kameleoon.stored('IDENTIFY_visitor1')).toMatchObject({ plan: 'gold' })
  })

  it('of an unknown user asks Kameleoon to forget the ids all the same', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await erase(kameleoon, { userId: 'stranger', anonymousId: 'stranger' })
    expect(kameleoon.requests('/visit/forget').map(({ body }) => body)).toEqual(['stranger'])
    expect(kameleoon.allStored()).toEqual({})
  })

  it('that fails before all is emptied finds the linked visitor again when it is repeated', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await leaveTraces(kameleoon)
    const writes = { path: '/map/maps', method: 'POST', times: 1 }
    const later = kameleoon.emulator.faults.add({ ...writes, status: 503, skip: 1 })
    await expect(erase(kameleoon, { userId: 'user2' })).rejects.toMatchObject({ status: 503 })
    expect(later.hits).toBe(1)
    expect(kameleoon.stored('LINK_user2')).toEqual({ kameleoonVisitorCode: 'visitor2' })
    await erase(kameleoon, { userId: 'user2' })
    expect(kameleoon.stored('IDENTIFY_visitor2')).toBeUndefined()
    expect(kameleoon.stored('LINK_user2')).toBeUndefined()
  })

  it('ends links that this process remembers', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await leaveTraces(kameleoon)
    await erase(kameleoon, { userId: 'user1', anonymousId: 'anonymous-1' })
    const event = track('Order Completed', { kameleoonVisitorCode: undefined }, { userId: 'user1', messageId: 'later' })
    await kameleoon.single(event)
    expect(kameleoon.emulator.visitor('visitor1')).toBeUndefined()
    expect(kameleoon.emulator.visitors()).toEqual(['user1'])
  })
})

it('rejects a deletion of nobody', async () => {
  const kameleoon = await startKameleoon()
  await expect(erase(kameleoon, { userId: ' ' })).rejects.toMatchObject({
    status: 400,
    message: 'userId and anonymousId are missing: nobody to delete.'
  })
})

it('passes over a placeholder, to which anyone may be linked', async () => {
  const kameleoon = await startKameleoon()
  await expect(erase(kameleoon, { userId: 'null', anonymousId: 'undefined' })).rejects.toMatchObject({ status: 400 })
  expect(kameleoon.emulator.requests).toEqual([])

  await erase(kameleoon, { userId: 'user1', anonymousId: 'undefined' })
  expect(kameleoon.emulator.forgotten).toEqual(['user1'])
  expect(kameleoon.requests('/map/maps', 'GET')[0].query.keys).toBe('["LINK_user1"]')
})

it('passes over an id that cannot be a visitor code, and forgets the other', async () => {
  const kameleoon = await startKameleoon()
  await erase(kameleoon, { userId: 'x'.repeat(300), anonymousId: 'anonymous-1' })
  expect(kameleoon.emulator.forgotten).toEqual(['anonymous-1'])
})

it.each([
  ['/visit/forget', 'POST'],
  ['/map/maps', 'GET'],
  ['/map/maps', 'POST']
])('is tried again later if %s (%s) fails for now', async (path, method) => {
  const kameleoon = await startKameleoon()
  kameleoon.emulator.faults.add({ path, method, status: 503 })
  await expect(erase(kameleoon, { userId: 'user1' })).rejects.toMatchObject({ status: 503, code: 'RETRYABLE_ERROR' })
})

const MODES = ['merge', 'replace'] as const
const USER = { userId: 'user1' }
const noCode = { kameleoonVisitorCode: undefined }
const personas = { personas: { computation_class: 'audience', computation_key: 'vip' } }

/** Starts to deliver an event, and resolves once its write has reached Kameleoon, which takes its time. */
async function beginWriting(kameleoon: Kameleoon, event: SegmentEvent) {
  const slow = kameleoon.emulator.faults.add({ path: '/map/maps', method: 'POST', delayMs: 80, times: 1 })
  const writing = kameleoon.single(event)
  while (slow.hits === 0) await new Promise(setImmediate)
  return { writing }
}

describe.each(MODES)('a deletion beside a slow write, where Kameleoon would %s', (mapWrites) => {
  it.each<[string, SegmentEvent]>([
    ['traits and links', identify({ plan: 'gold' }, USER)],
    ['traits, links and an audience', identify({ plan: 'gold', vip: true }, { ...USER, context: personas })],
    ['an audience', track('Audience Entered', { ...noCode, audience_key: 'vip' }, USER)],
    ['links', track('Kameleoon identifier', USER, USER)]
  ])('leaves nothing of %s', async (_what, event) => {
    const kameleoon = await startKameleoon({ mapWrites })
    const { writing } = await beginWriting(kameleoon, event)
    await erase(kameleoon, { ...USER, anonymousId: 'anonymous-1' })

    expect(await writing).toMatchObject({ status: 200, sent: { maps: expect.any(Object) as object } })
    expect(kameleoon.allStored()).toEqual({})
  })

  it('forgets the visitor whose link was being written', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    const { writing } = await beginWriting(kameleoon, identify({ plan: 'gold' }, USER))
    await erase(kameleoon, USER)

    expect(await writing).toMatchObject({ status: 200 })
    expect(kameleoon.emulator.forgotten.sort()).toEqual(['user1', 'visitor1'])
    expect(kameleoon.stored('IDENTIFY_visitor1') ?? {}).toEqual({})
  })

  it('lets a write that begins later go through as a whole', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await kameleoon.single(identify({ plan: 'gold' }, USER))
    const slow = kameleoon.emulator.faults.add({ path: '/visit/forget', delayMs: 80, times: 1 })
    const erasing = erase(kameleoon, { ...USER, anonymousId: 'anonymous-1' })
    while (slow.hits === 0) await new Promise(setImmediate)
    await kameleoon.single(identify({ city: 'Nice' }, { ...USER, messageId: 'later' }))
    await erasing
    expect(kameleoon.allStored()).toEqual({
      IDENTIFY_visitor1: { city: 'Nice' },
      IDENTIFY_user1: { city: 'Nice' },
      LINK_user1: { kameleoonVisitorCode: 'visitor1' },
      ['LINK_anonymous-1']: { kameleoonVisitorCode: 'visitor1' }
    })
  })

  it('empties 90,000 traits, which need more room to remove than to store, in requests below 1 MB', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    const traits = Object.fromEntries(Array.from({ length: 90_000 }, (_, index) => [index.toString(36), 'x']))
    expect(await kameleoon.single(identify({ ...noCode, ...traits }, USER))).toMatchObject({ status: 200 })
    expect(Object.keys(kameleoon.stored('IDENTIFY_user1') ?? {})).toHaveLength(90_000)

    const before = kameleoon.requests('/map/maps').length
    await erase(kameleoon, USER)
    const sizes = kameleoon
      .requests('/map/maps')
      .slice(before)
      .map(({ body }) => Buffer.byteLength(body))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_MAPS_BYTES)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(MAX_MAPS_BYTES)
    expect(kameleoon.allStored()).toEqual({})
  })
})
