import { identify, times, track } from './events'
import { FORMS, startKameleoon, type Kameleoon } from './kameleoon'
import definition from '../destinations/kameleoon'
import { processMemory } from '../destinations/kameleoon/kameleoon-api/project'
import { subscriptionsIn } from '../segment-host'
import { deliverThroughHost } from './host'

const noCode = { kameleoonVisitorCode: undefined }

function lookUps(kameleoon: Kameleoon): string[][] {
  return kameleoon
    .requests('/map/maps', 'GET')
    .map(({ query }) => JSON.parse(query.keys) as string[])
    .filter((keys) => keys.some((key) => key.startsWith('LINK_')))
}

describe.each(FORMS)('a link, $form', ({ deliver }) => {
  it('is stored by the identifier call, which is no goal', async () => {
    const kameleoon = await startKameleoon()
    const event = track('Kameleoon identifier', { ...noCode, k_visitorCode: 'code1' }, { userId: 'user1' })
    const maps = {
      LINK_user1: { kameleoonVisitorCode: 'code1' },
      ['LINK_anonymous-1']: { kameleoonVisitorCode: 'code1' }
    }
    expect(await deliver(kameleoon, event)).toMatchObject({ status: 200, sent: { maps } })
    expect(kameleoon.allStored()).toEqual(maps)
    expect(kameleoon.requests('/goals', 'GET')).toEqual([])
  })

  it('is rejected if the identifier call has no visitor code', async () => {
    const kameleoon = await startKameleoon()
    expect(await deliver(kameleoon, track('Kameleoon identifier', noCode, { userId: 'user1' }))).toMatchObject({
      status: 400,
      errormessage: 'properties.k_visitorCode is missing: "Kameleoon identifier" links a user to a visitor code.'
    })
    expect(kameleoon.allStored()).toEqual({})
    expect(kameleoon.visitEvents()).toEqual([])
  })

  it('is stored by an identify call with both ids, with its time to live', async () => {
    let now = Date.parse('2026-02-01T00:00:00Z')
    const kameleoon = await startKameleoon({ clock: () => now })
    await deliver(kameleoon, identify({ plan: 'gold' }, { userId: 'user1' }), { ttlHours: 5 })
    expect(kameleoon.allStored()).toEqual({
      IDENTIFY_visitor1: { plan: 'gold' },
      IDENTIFY_user1: { plan: 'gold' },
      LINK_user1: { kameleoonVisitorCode: 'visitor1' },
      ['LINK_anonymous-1']: { kameleoonVisitorCode: 'visitor1' }
    })
    now += 5 * 3_600_000
    expect(kameleoon.allStored()).toEqual({})
  })

  it('is not stored by an identify call that knows the visitor code only as user id', async () => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, identify({ ...noCode, plan: 'gold' }, { userId: 'user1' }))
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_user1: { plan: 'gold' } })
  })

  it.each([
    ['user id', { userId: 'user1', anonymousId: undefined }],
    ['anonymous id', { userId: undefined, anonymousId: 'anonymous-1' }]
  ])('finds the visitor of a later event that has only the %s', async (_id, ids) => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, identify({}, { userId: 'user1' }))
    processMemory.projects.clear()
    await deliver(kameleoon, track('Order Completed', noCode, ids))
    expect(kameleoon.emulator.visitors()).toEqual(['visitor1'])
    expect(lookUps(kameleoon)).toHaveLength(1)
  })

  it('is not looked up if the mapping takes the user id', async () => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, identify({}, { userId: 'user1' }))
    const event = track('Order Completed', noCode, { userId: 'user1' })
    await deliver(kameleoon, event, { visitorFallback: 'user id' })
    expect(kameleoon.emulator.visitors()).toEqual(['user1'])
    expect(lookUps(kameleoon)).toEqual([])
  })

  it('that is missing leaves nobody, if the mapping takes linked visitors only', async () => {
    const kameleoon = await startKameleoon()
    const mapping = { visitorFallback: 'linked visitor only' }
    const event = track('Order Completed', noCode, { userId: 'user1' })
    expect(await deliver(kameleoon, event, mapping)).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(
        /^kameleoonVisitorCode is missing\. No visitor code is linked to this user, and the mapping takes linked ones only/
      ) as string
    })
    await deliver(kameleoon, identify({}, { userId: 'user1' }))
    expect(await deliver(kameleoon, event, mapping)).toMatchObject({ status: 200 })
    expect(kameleoon.emulator.visitors()).toEqual(['visitor1'])
  })

  it('is neither looked up nor replaced by the user id, if the mapping rejects events without a visitor code', async () => {
    const kameleoon = await startKameleoon()
    const event = track('Order Completed', noCode, { userId: 'user1' })
    expect(await deliver(kameleoon, event, { visitorFallback: 'reject' })).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(
        /^kameleoonVisitorCode is missing\. The mapping rejects events without it/
      ) as string
    })
    expect(kameleoon.emulator.requests).toEqual([])
  })

  it('is neither made nor looked up for a placeholder', async () => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, identify({}, { userId: 'undefined', anonymousId: 'null' }))
    expect(kameleoon.allStored()).toEqual({})
    const event = track('Order Completed', noCode, { userId: 'undefined', anonymousId: '{{anonymousId}}' })
    expect(await deliver(kameleoon, event)).toMatchObject({ status: 400 })
    expect(lookUps(kameleoon)).toEqual([])
  })

  it('gives way to a visitor code in the event', async () => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, identify({}, { userId: 'user1' }))
    await deliver(kameleoon, track('Order Completed', { kameleoonVisitorCode: 'other' }, { userId: 'user1' }))
    expect(kameleoon.emulator.visitors()).toEqual(['other'])
  })

  it('that is missing leaves the user id, and without one the event is rejected', async () => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, track('Order Completed', noCode, { userId: 'user2' }))
    expect(kameleoon.emulator.visitors()).toEqual(['user2'])
    expect(await deliver(kameleoon, track('Order Completed', noCode))).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(/^kameleoonVisitorCode is missing\./) as string
    })
  })

  it.each([
    [{ status: 503 }, 503],
    [{ status: 429, retryAfter: 7 }, 429],
    [{ reset: 'before' as const }, 503]
  ])('that cannot be looked up for now is tried again later: %j', async (fault, status) => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/map/maps', method: 'GET', ...fault })
    expect(await deliver(kameleoon, track('Order Completed', noCode, { userId: 'user1' }))).toMatchObject({
      status
    })
    expect(kameleoon.visitEvents()).toEqual([])
  })
})

it('looks up 100 ids a request, and only once', async () => {
  const kameleoon = await startKameleoon()
  const events = times(130, (index) =>
    track('Order Completed', noCode, { userId: `user${index}`, anonymousId: undefined })
  )
  const [linked] = [identify({ kameleoonVisitorCode: 'code7' }, { userId: 'user7', anonymousId: undefined })]
  await kameleoon.single(linked)
  processMemory.projects.clear()
  await kameleoon.batch(events)
  await kameleoon.batch(events.map((event) => ({ ...event, messageId: `again-${event.messageId}` })))
  expect(lookUps(kameleoon).map((keys) => keys.length)).toEqual([100, 30])
  expect(kameleoon.emulator.visitor('code7')?.conversions).toHaveLength(2)
  expect(kameleoon.emulator.visitor('user7')).toBeUndefined()
  expect(kameleoon.emulator.visitors()).toHaveLength(130)
})

it('finds a link at once that this process has just stored, though it was looked up in vain before', async () => {
  const kameleoon = await startKameleoon()
  await kameleoon.single(track('Order Completed', noCode, { userId: 'user1', messageId: 'before' }))
  await kameleoon.single(identify({}, { userId: 'user1' }))
  await kameleoon.single(track('Order Completed', noCode, { userId: 'user1', messageId: 'after' }))
  expect(kameleoon.emulator.visitors()).toEqual(['user1', 'visitor1'])
})

it('fails the events whose links cannot be looked up, and delivers the others of the batch', async () => {
  const kameleoon = await startKameleoon()
  kameleoon.emulator.faults.add({ path: '/map/maps', method: 'GET', status: 503 })
  const outcomes = await kameleoon.batch([
    track('Order Completed', noCode, { userId: 'user1', messageId: 'a' }),
    track('Order Completed', {}, { messageId: 'b' })
  ])
  expect(outcomes).toMatchObject([{ status: 503, errortype: 'SERVICE_UNAVAILABLE' }, { status: 200 }])
  expect(kameleoon.emulator.visitors()).toEqual(['visitor1'])
})

/** Unusable codes in a stored link. Maps are writable for everyone with the API key. */
const UNUSABLE: Array<[string, unknown]> = [
  ['an empty string', ''],
  ['blank', ' \t'],
  ['150 characters', 'x'.repeat(150)],
  ['two lines', 'a\nb'],
  ['an object', { id: 1 }],
  ['a boolean', true]
]

describe.each(FORMS)('a stored link, $form, whose code', ({ deliver }) => {
  it.each(UNUSABLE)('is %s counts as none', async (_what, kameleoonVisitorCode) => {
    const kameleoon = await startKameleoon()
    const body = { LINK_user1: { kameleoonVisitorCode }, ['LINK_anonymous-1']: { kameleoonVisitorCode } }
    kameleoon.emulator.faults.add({ path: '/map/maps', method: 'GET', status: 200, body })
    const event = track('Order Completed', noCode, { userId: 'user1' })
    expect(await deliver(kameleoon, event)).toMatchObject({ status: 200 })
    expect(kameleoon.emulator.visitors()).toEqual(['user1'])
    expect(await deliver(kameleoon, { ...event, userId: undefined, messageId: 'later' })).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(/^kameleoonVisitorCode is missing\./) as string
    })
  })

  it('cannot be used is replaced by the link of the other id', async () => {
    const kameleoon = await startKameleoon()
    const body = {
      LINK_user1: { kameleoonVisitorCode: '' },
      ['LINK_anonymous-1']: { kameleoonVisitorCode: ' visitor7 ' }
    }
    kameleoon.emulator.faults.add({ path: '/map/maps', method: 'GET', status: 200, body })
    await deliver(kameleoon, track('Order Completed', noCode, { userId: 'user1' }))
    expect(kameleoon.emulator.visitors()).toEqual(['visitor7'])
  })
})

const IDENTIFIED = {
  type: 'identify',
  ...{ userId: 'u1', messageId: 'i1', timestamp: '2026-03-02T09:00:00.000Z' },
  traits: { kameleoonVisitorCode: 'q4w8e2r6t1y5u9i3', plan: 'gold' }
}

const order = (messageId: string, timestamp: string, ids: object, properties: object) => ({
  ...{ type: 'track', event: 'Order Completed', messageId, timestamp, properties },
  ...ids
})

const SUBSCRIPTIONS = subscriptionsIn(
  JSON.stringify([
    { name: 'identify', partnerAction: 'identifyEvent', subscribe: 'type = "identify"' },
    { name: 'track', partnerAction: 'logEvent', subscribe: 'type = "track"' }
  ]),
  'mapping.json',
  definition
)

describe.each([1, 2, 1000])('in batches of %i, a link that stands earlier in time', (batchSize) => {
  it.each([
    ['the presets', undefined],
    ['a mapping file', SUBSCRIPTIONS]
  ])('counts for orders after an identify call, with %s', async (_with, subscriptions) => {
    const kameleoon = await startKameleoon()
    const outcomes = await deliverThroughHost(
      kameleoon,
      [
        IDENTIFIED,
        order('o1', '2026-03-02T10:00:00.000Z', { userId: 'u1' }, { revenue: 40 }),
        order('o2', '2026-03-03T10:00:00.000Z', { userId: 'u1' }, { revenue: 50 })
      ],
      { batchSize, subscriptions }
    )
    expect(outcomes.flat()).toEqual([{ kind: 'delivered' }, { kind: 'delivered' }, { kind: 'delivered' }])
    expect(revenues(kameleoon)).toEqual([
      ['q4w8e2r6t1y5u9i3', 40],
      ['q4w8e2r6t1y5u9i3', 50]
    ])
    expect(kameleoon.emulator.visitors()).toEqual(['q4w8e2r6t1y5u9i3'])
  })

  it('counts after the identifier call of the classic destination, for either id and for traits', async () => {
    const kameleoon = await startKameleoon()
    const [at, both] = ['2026-03-02T09:00:00.000Z', { anonymousId: 'anon-1', userId: 'u1' }]
    const identifier = { type: 'track', event: 'Kameleoon identifier', messageId: 'm0', timestamp: at, ...both }
    const outcomes = await deliverThroughHost(
      kameleoon,
      [
        { ...identifier, properties: { k_visitorCode: 'q4w8e2r6t1y5u9i3' } },
        order('m1', at, { anonymousId: 'anon-1' }, { revenue: 5 }),
        order('m2', at, both, { revenue: 7 }),
        { type: 'identify', messageId: 'm3', timestamp: at, ...both, traits: { plan: 'gold' } }
      ],
      { batchSize }
    )
    expect(outcomes.flat().map(({ kind }) => kind)).toEqual(['delivered', 'delivered', 'delivered', 'delivered'])
    expect(revenues(kameleoon)).toEqual([
      ['q4w8e2r6t1y5u9i3', 5],
      ['q4w8e2r6t1y5u9i3', 7]
    ])
    expect(kameleoon.allStored()).toEqual({
      ['LINK_anon-1']: { kameleoonVisitorCode: 'q4w8e2r6t1y5u9i3' },
      LINK_u1: { kameleoonVisitorCode: 'q4w8e2r6t1y5u9i3' },
      IDENTIFY_q4w8e2r6t1y5u9i3: { plan: 'gold' },
      IDENTIFY_u1: { plan: 'gold' }
    })
  })
})

/** Visitor and revenue of every conversion, in the order in which they were sent. */
function revenues(kameleoon: Kameleoon): unknown[][] {
  return kameleoon.visitEvents().map(({ visitorCode, revenue }) => [visitorCode, revenue])
}

/** Numbers that look random and are the same in every run: a linear congruential generator. */
function* seeded(seed: number): Generator<number, never> {
  for (let state = seed; ;) yield (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
}

/** Orders, identify calls and identifier calls of a few users, each with two visitor codes, in the order of their times. */
function someEvents(seed: number): object[] {
  const random = seeded(seed)
  const pick = <T>(...choices: T[]): T => choices[Math.floor(random.next().value * choices.length)]
  return Array.from({ length: 60 }, (_, index) => {
    const user = pick(1, 2, 3, 4, 5)
    const ids = { userId: `user${user}`, anonymousId: pick(undefined, `device${user}`) }
    const timestamp = new Date(Date.UTC(2026, 2, 2, 9, index)).toISOString()
    const common = { messageId: `m${index}`, timestamp, ...ids }
    const code = `code${user}${pick('a', 'b')}`
    return pick<object>(
      { type: 'identify', ...common, traits: { kameleoonVisitorCode: code, last: index } },
      { type: 'track', event: 'Kameleoon identifier', ...common, properties: { k_visitorCode: code } },
      ...Array.from({ length: 5 }, () => order(`m${index}`, timestamp, ids, { revenue: index + 1 }))
    )
  })
}

/** The visitor and revenue of every order: the visitor to whom its user was linked last by then, else the user id. */
function attributed(events: object[]): unknown[][] {
  const links = new Map<string, unknown>()
  return events.flatMap((event) => {
    const { userId, properties, traits } = event as {
      userId: string
      properties?: { revenue?: number; k_visitorCode?: string }
      traits?: { kameleoonVisitorCode: string }
    }
    if (properties?.revenue !== undefined) return [[links.get(userId) ?? userId, properties.revenue]]
    links.set(userId, properties?.k_visitorCode ?? traits?.kameleoonVisitorCode)
    return []
  })
}

describe.each([1, 2, 3, 4, 5, 6])('history %i of five users', (seed) => {
  it.each([1, 2, 7, 1000])(
    'has every order under the visitor who was linked last by then, in batches of %i',
    async (batchSize) => {
      const kameleoon = await startKameleoon()
      const events = someEvents(seed)
      await deliverThroughHost(kameleoon, events, { batchSize })
      const orders = revenues(kameleoon).sort(([, one], [, other]) => Number(one) - Number(other))
      expect(orders).toEqual(attributed(events))
    }
  )
})
