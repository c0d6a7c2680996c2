import { identify, page, times, track } from './events'
import { startKameleoon, type Kameleoon, type Outcome } from './kameleoon'

const LATER = { status: 429, errortype: 'TOO_MANY_REQUESTS', body: { retryAfterSeconds: 17 } }
const UNKNOWN = { kameleoonVisitorCode: undefined }

function limit(kameleoon: Kameleoon, method: 'GET' | 'POST', path: string, skip = 0): void {
  kameleoon.emulator.faults.add({ method, path, skip, status: 429, retryAfter: 17 })
}

function expectLater(outcomes: Outcome[]): void {
  for (const outcome of outcomes) expect(outcome).toMatchObject(LATER)
}

const visitor = (index: number) => ({ kameleoonVisitorCode: `visitor${index}` })

describe('after 429 nothing more of a batch is sent, and the rest is retried at the requested time', () => {
  it('of visit events', async () => {
    const kameleoon = await startKameleoon()
    limit(kameleoon, 'POST', '/visit/events', 2)
    const outcomes = await kameleoon.batch(times(5_000, () => page('Pricing')))
    expect(kameleoon.requests('/visit/events').map(({ status }) => status)).toEqual([204, 204, 429])
    expect(new Set(outcomes.slice(0, 2_000).map(({ status }) => status))).toEqual(new Set([200]))
    expectLater(outcomes.slice(2_000))
  })

  it('of stored data that is written', async () => {
    const kameleoon = await startKameleoon()
    limit(kameleoon, 'POST', '/map/maps', 1)
    const text = 'x'.repeat(100_000)
    const outcomes = await kameleoon.batch(times(40, (index) => identify({ ...visitor(index), text })))
    expect(kameleoon.requests('/map/maps').map(({ status }) => status)).toEqual([204, 429])
    expect(Object.keys(kameleoon.allStored())).toHaveLength(9)
    expect(new Set(outcomes.slice(0, 9).map(({ status }) => status))).toEqual(new Set([200]))
    expectLater(outcomes.slice(9))
  })

  it('of stored data that is read, while what was read before is written', async () => {
    const kameleoon = await startKameleoon()
    limit(kameleoon, 'GET', '/map/maps', 1)
    const outcomes = await kameleoon.batch(times(450, (index) => identify({ ...visitor(index), plan: 'gold' })))
    expect(kameleoon.requests('/map/maps', 'GET').map(({ status }) => status)).toEqual([200, 429])
    expect(Object.keys(kameleoon.allStored())).toHaveLength(100)
    expect(new Set(outcomes.slice(0, 100).map(({ status }) => status))).toEqual(new Set([200]))
    expectLater(outcomes.slice(100))
  })

  it('of links that are looked up, while events whose visitor is known arrive', async () => {
    const kameleoon = await startKameleoon()
    limit(kameleoon, 'GET', '/map/maps', 1)
    const unknown = times(450, (index) =>
      track('Order Completed', UNKNOWN, { userId: `user${index}`, anonymousId: undefined })
    )
    const known = { ...track('Order Completed'), messageId: 'known' }
    const outcomes = await kameleoon.batch([...unknown, known])
    expect(kameleoon.requests('/map/maps', 'GET').map(({ status }) => status)).toEqual([200, 429])
    expect(new Set(outcomes.slice(0, 100).map(({ status }) => status))).toEqual(new Set([200]))
    expectLater(outcomes.slice(100, 450))
    expect(outcomes[450]).toMatchObject({ status: 200 })
  })

  it('of halves, where Kameleoon found the whole too large', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/visit/events', status: 413, times: 1 })
    limit(kameleoon, 'POST', '/visit/events', 1)
    const outcomes = await kameleoon.batch(times(10, () => track('Order Completed')))
    expect(kameleoon.requests('/visit/events').map(({ status }) => status)).toEqual([413, 204, 429])
    expect(outcomes.slice(0, 5).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expectLater(outcomes.slice(5))
  })

  it('of a token that cannot be had for now', async () => {
    const kameleoon = await startKameleoon()
    limit(kameleoon, 'POST', '/oauth/token')
    expectLater(await kameleoon.batch(times(450, (index) => identify({ ...visitor(index), plan: 'gold' }))))
    expect(kameleoon.emulator.totals.requests).toEqual({ 'POST /oauth/token 429': 1 })
  })
})

it('leaves the next batch free, and completes what was left', async () => {
  const kameleoon = await startKameleoon()
  kameleoon.emulator.faults.add({ path: '/visit/events', status: 429, retryAfter: 17, times: 1 })
  const events = times(1_500, () => track('Order Completed'))
  expectLater(await kameleoon.batch(events))
  const again = await kameleoon.batch(events)
  expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]))
  expect(kameleoon.emulator.totals.events).toEqual({ CONVERSION: 1_500 })
})

it('passes the requested time on for a single event, too', async () => {
  const kameleoon = await startKameleoon()
  limit(kameleoon, 'GET', '/map/maps')
  const { error } = await kameleoon.single(identify({ plan: 'gold' }))
  expect(error).toMatchObject({ status: 429, retryAfterSeconds: 17 })
})

it('passes on what the Automation API asks for, and sends what needs no goal of it', async () => {
  const kameleoon = await startKameleoon()
  limit(kameleoon, 'GET', '/goals')
  const events = [track('Order Completed'), track('Audience Entered', { audience_key: 'vip' }, { messageId: 'b' })]
  expect(await kameleoon.batch(events)).toMatchObject([LATER, { status: 200 }])
  expect(kameleoon.allStored()).toEqual({ COHORTS_visitor1: { vip: true } })
})

const TOO_MANY = { status: 429, errortype: 'TOO_MANY_REQUESTS' }

describe('a limit on reading', () => {
  it('at a link look-up does not affect an event with a visitor code of its own', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/map/maps', method: 'GET', status: 429, retryAfter: 7 })
    const outcomes = await kameleoon.batch([
      track('Order Completed', UNKNOWN, { userId: 'user1', messageId: 'linked' }),
      track('Order Completed', {}, { messageId: 'known' })
    ])
    expect(outcomes).toMatchObject([{ ...TOO_MANY, body: { retryAfterSeconds: 7 } }, { status: 200 }])
    expect(kameleoon.emulator.visitors()).toEqual(['visitor1'])
  })

  it('stops further look-ups of a batch', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/map/maps', method: 'GET', status: 429 })
    const events = times(250, (index) => track('Order Completed', UNKNOWN, { userId: `user${index}` }))
    const outcomes = await kameleoon.batch(events)
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([429]))
    expect(kameleoon.requests('/map/maps', 'GET')).toHaveLength(1)
  })

  it('does not stop writes that need no reading', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/map/maps', method: 'GET', status: 429 })
    const event = track('Kameleoon identifier', { k_visitorCode: 'visitor1' }, { userId: 'user1' })
    const linked = track('Order Completed', UNKNOWN, { userId: 'user2', messageId: 'linked' })
    const outcomes = await kameleoon.batch([linked, event])
    expect(outcomes).toMatchObject([TOO_MANY, { status: 200 }])
    expect(kameleoon.stored('LINK_user1')).toEqual({ kameleoonVisitorCode: 'visitor1' })
  })
})

describe('a limit on writing', () => {
  const mapping = { customData: { '1': 'gold' } }

  it('of visit events stops further visit events of a batch', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/visit/events', status: 429, retryAfter: 7, times: 1 })
    const outcomes = await kameleoon.batch(times(1_500, () => track('Order Completed')))
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([429]))
    expect(kameleoon.requests('/visit/events')).toHaveLength(1)
    expect(kameleoon.emulator.visitors()).toEqual([])
  })

  it('of visit events stops stored data too, and the reads for it', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/visit/events', status: 429, retryAfter: 7 })
    const events = times(3, (index) => identify({ kameleoonVisitorCode: `visitor${index}`, plan: 'gold' }))
    const outcomes = await kameleoon.batch(events, mapping)
    for (const outcome of outcomes) expect(outcome).toMatchObject({ ...TOO_MANY, body: { retryAfterSeconds: 7 } })
    expect(kameleoon.requests('/map/maps', 'GET')).toEqual([])
    expect(kameleoon.requests('/map/maps')).toEqual([])
  })

  it('holds for one batch only', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/visit/events', status: 429, times: 1 })
    const events = [identify({ plan: 'gold' })]
    expect(await kameleoon.batch(events, mapping)).toMatchObject([TOO_MANY])
    expect(await kameleoon.batch(events, mapping)).toMatchObject([{ status: 200 }])
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { plan: 'gold' } })
  })
})
