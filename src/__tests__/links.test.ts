import { identify, times, track } from './events'
import { FORMS, startKameleoon, type Kameleoon } from './kameleoon'
import { processMemory } from '../destinations/kameleoon/kameleoon-api/project'

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
