import { identify, times, track } from './events'
import { FORMS, startKameleoon } from './kameleoon'

describe.each(FORMS)('an access token, $form', ({ deliver }) => {
  it('that Kameleoon rejects once is renewed, and the same request sent again', async () => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, track('Order Completed', {}, { messageId: 'before' }))
    kameleoon.emulator.expireTokens()
    expect(await deliver(kameleoon, track('Order Completed'))).toMatchObject({ status: 200 })

    const [, rejected, accepted] = kameleoon.requests('/visit/events')
    expect(rejected).toMatchObject({ status: 401 })
    expect(accepted).toMatchObject({ status: 204, body: rejected.body, query: rejected.query })
    expect(accepted.headers.authorization).not.toBe(rejected.headers.authorization)
    expect(kameleoon.emulator.tokensIssued).toBe(2)
  })

  it('that Kameleoon rejects twice is an error of authentication, in words', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/map/maps', status: 401 })
    expect(await deliver(kameleoon, identify({ plan: 'gold' }))).toMatchObject({
      status: 401,
      errortype: 'INVALID_AUTHENTICATION',
      errormessage:
        'Kameleoon rejected a new access token for GET /map/maps. Check the rights of the API key in Kameleoon: My profile > API credentials.'
    })
    expect(kameleoon.emulator.tokensIssued).toBe(2)
    expect(kameleoon.requests('/map/maps', 'GET')).toHaveLength(2)
  })

  it('is renewed by the clock before it ends', async () => {
    let now = Date.now()
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now)
    const performanceClock = jest.spyOn(performance, 'now').mockImplementation(() => now)
    const kameleoon = await startKameleoon({ tokenLifetimeSeconds: 600, clock: () => now })
    await deliver(kameleoon, track('Order Completed', {}, { messageId: 'before' }))
    now += 530_000
    await deliver(kameleoon, track('Order Completed', {}, { messageId: 'still' }))
    expect(kameleoon.emulator.tokensIssued).toBe(1)
    now += 12_000
    await deliver(kameleoon, track('Order Completed', {}, { messageId: 'renewed' }))
    expect(kameleoon.emulator.tokensIssued).toBe(2)
    expect(kameleoon.requests('/visit/events').map(({ status }) => status)).toEqual([204, 204, 204])
    clock.mockRestore()
    performanceClock.mockRestore()
  })

  it.each([401, 403])(
    'that is rejected with %i is an error of authentication and asked for again next time',
    async (status) => {
      const kameleoon = await startKameleoon()
      kameleoon.emulator.faults.add({ path: '/oauth/token', status, times: 1 })
      expect(await deliver(kameleoon, track('Order Completed'))).toMatchObject({
        status: 401,
        errortype: 'INVALID_AUTHENTICATION',
        errormessage:
          'Kameleoon rejected the API Key: the client id or secret is wrong or has been revoked. Create a new one in Kameleoon: My profile > API credentials.'
      })
      expect(await deliver(kameleoon, track('Order Completed'))).toMatchObject({ status: 200 })
    }
  )

  it.each([
    [{ status: 500 }, 500],
    [{ status: 429 }, 429],
    [{ status: 400 }, 503],
    [{ status: 404 }, 503],
    [{ status: 413 }, 503],
    [{ reset: 'before' as const }, 503],
    [{ status: 200, body: { token: 'x' } }, 502],
    [{ status: 200, body: '<html>' }, 502]
  ])('that cannot be had for now, %j, leaves the event for later', async (fault, status) => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/oauth/token', times: 1, ...fault })
    expect(await deliver(kameleoon, identify({ plan: 'gold' }))).toMatchObject({ status })
    expect(await deliver(kameleoon, identify({ plan: 'gold' }))).toMatchObject({ status: 200 })
  })
})

it('renews a token that ends in the middle of a batch, and delivers all of it', async () => {
  const kameleoon = await startKameleoon()
  const counting = kameleoon.emulator.faults.add({ path: '/visit/events', delayMs: 50 })
  const outcomes = kameleoon.batch(times(3_000, () => track('Order Completed')))
  while (counting.hits < 2) await new Promise(setImmediate)
  kameleoon.emulator.expireTokens()
  expect(new Set((await outcomes).map(({ status }) => status))).toEqual(new Set([200]))
  expect(kameleoon.emulator.tokensIssued).toBe(2)
  expect(kameleoon.emulator.totals.events).toEqual({ CONVERSION: 3_000 })
})

it('asks for one token and reads the directory once for 200 events at the same time', async () => {
  const kameleoon = await startKameleoon()
  const outcomes = await Promise.all(times(200, () => track('Order Completed')).map((event) => kameleoon.single(event)))
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([200]))
  expect(kameleoon.emulator.totals.requests).toEqual({
    'POST /oauth/token 200': 1,
    'GET /sites 200': 1,
    'GET /goals 200': 1,
    'POST /visit/events 204': 200
  })
})

it('renews one token for 50 events at the same time', async () => {
  const kameleoon = await startKameleoon()
  await kameleoon.single(track('Order Completed', {}, { messageId: 'before' }))
  kameleoon.emulator.expireTokens()
  const outcomes = await Promise.all(times(50, () => track('Order Completed')).map((event) => kameleoon.single(event)))
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([200]))
  expect(kameleoon.emulator.tokensIssued).toBe(2)
})

it('never shares a token, a goal or a link between two accounts', async () => {
  const one = await startKameleoon({ goals: [{ name: 'Order Completed' }] })
  const goals = [{ name: 'Something else' }, { name: 'Order Completed' }]
  const other = await startKameleoon({ clientId: 'other-client', clientSecret: 'other-secret', goals })
  await one.single(identify({}, { userId: 'user1' }))
  const event = track('Order Completed', { kameleoonVisitorCode: undefined }, { userId: 'user1' })
  const outcomes = await Promise.all(
    [one, other, one, other].map((kameleoon, index) => kameleoon.single({ ...event, messageId: `m${index}` }))
  )
  expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect([one.emulator.tokensIssued, other.emulator.tokensIssued]).toEqual([1, 1])
  expect([one.emulator.visitors(), other.emulator.visitors()]).toEqual([['visitor1'], ['user1']])
  const [tokens, others] = [one, other].map(({ emulator }) =>
    emulator.requests.map(({ headers }) => headers.authorization)
  )
  expect(tokens.filter((token) => token !== undefined && others.includes(token))).toEqual([])
})

it('never shares the goals of two projects of one account', async () => {
  const one = await startKameleoon({ goals: [{ name: 'Order Completed' }] })
  const goals = [{ name: 'Something else' }, { name: 'Order Completed' }]
  const other = await startKameleoon({ sitecode: 'emulated02', goals })
  expect(await one.single(track('Order Completed'))).toMatchObject({ status: 200 })
  expect(await other.single(track('Order Completed'))).toMatchObject({ status: 200 })
  expect(other.emulator.visitor('visitor1')?.conversions).toMatchObject([{ goalName: 'Order Completed' }])
})
