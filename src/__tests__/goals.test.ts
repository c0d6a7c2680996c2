import type { JSONObject } from '@segment/actions-core'
import { page, screen, times, track } from './events'
import { FORMS, startKameleoon, type Kameleoon } from './kameleoon'
import type { FaultRule } from '../emulator'

function goalNames(kameleoon: Kameleoon): string[] {
  return kameleoon.emulator.visitor('visitor1')?.conversions.map(({ goalName }) => goalName) ?? []
}

function created(kameleoon: Kameleoon): string[] {
  return kameleoon.requests('/goals').map(({ body }) => (JSON.parse(body) as { name: string }).name)
}

describe.each(FORMS)('the goal of an event, $form', ({ deliver }) => {
  it('is the mapped one, without a look at the goals of the project', async () => {
    const kameleoon = await startKameleoon()
    expect(await deliver(kameleoon, track('Anything'), { goalId: '310002' })).toMatchObject({ status: 200 })
    expect(goalNames(kameleoon)).toEqual(['Newsletter signup'])
    expect(kameleoon.requests('/goals', 'GET')).toEqual([])
  })

  it.each([
    ['the plain name', track('Order Completed'), 'Order Completed'],
    ['the name of the Segment integration', track('Product Added'), 'SegmentIO track - Product Added'],
    ['the name of the Segment integration for pages', page('Pricing'), 'SegmentIO page - Pricing']
  ])('is found by %s', async (_by, event, goalName) => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, event)
    expect(goalNames(kameleoon)).toEqual([goalName])
    expect(created(kameleoon)).toEqual([])
  })

  it('has the plain name rather than that of the Segment integration, if there are both', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.addGoal({ name: 'SegmentIO track - Order Completed' })
    await deliver(kameleoon, track('Order Completed'))
    expect(goalNames(kameleoon)).toEqual(['Order Completed'])
  })

  it('is found in a long list by one request', async () => {
    const goals = Array.from({ length: 430 }, (_, index) => ({ name: `Goal ${index}` }))
    const kameleoon = await startKameleoon({ goals })
    await deliver(kameleoon, track('Goal 429'))
    expect(goalNames(kameleoon)).toEqual(['Goal 429'])
    expect(kameleoon.requests('/goals', 'GET')).toHaveLength(1)
  })

  it('is not one of another project', async () => {
    const kameleoon = await startKameleoon({ goals: [{ name: 'Order Completed', siteId: 23_999 }] })
    await deliver(kameleoon, track('Order Completed'))
    expect(goalNames(kameleoon)).toEqual(['SegmentIO track - Order Completed'])
  })

  it.each([
    [track('Basket Shared'), 'SegmentIO track - Basket Shared'],
    [screen('Basket'), 'SegmentIO screen - Basket'],
    [page('Sale'), 'SegmentIO page - Sale'],
    [track('Čaj “夏” 🍵'), 'SegmentIO track - Čaj “夏” 🍵']
  ])('is created if it does not exist: %#', async (event, goalName) => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, event)
    await deliver(kameleoon, { ...event, messageId: 'another' })
    expect(created(kameleoon)).toEqual([goalName])
    expect(goalNames(kameleoon)).toEqual([goalName, goalName])
  })

  it('is not created under "match only", and the event is filtered in words', async () => {
    const kameleoon = await startKameleoon()
    const mapping = { goalMatching: 'match only' }
    expect(await deliver(kameleoon, track('Basket Shared'), mapping)).toEqual({
      status: 200,
      sent: {},
      body: { filtered: 'No goal is named "Basket Shared", and the mapping does not create goals.' }
    })
    expect(await deliver(kameleoon, track('Order Completed'), mapping)).toMatchObject({ status: 200 })
    expect(goalNames(kameleoon)).toEqual(['Order Completed'])
    expect(created(kameleoon)).toEqual([])
  })

  it('is none under "none", which leaves custom data and pages', async () => {
    const kameleoon = await startKameleoon()
    const mapping: JSONObject = { goalMatching: 'none', customData: { '1': 'gold' } }
    await deliver(kameleoon, track('Order Completed'), mapping)
    await deliver(kameleoon, page('Pricing', { url: 'https://shop.example.com' }), mapping)
    expect(kameleoon.emulator.totals.events).toEqual({ CUSTOMDATA: 2, PAGE: 1 })
    expect(kameleoon.requests('/goals', 'GET')).toEqual([])
  })

  it.each(['Experiment Viewed', 'Personalization Viewed'])(
    'is none for %s, which Kameleoon sent itself',
    async (name) => {
      const kameleoon = await startKameleoon()
      expect(await deliver(kameleoon, track(name, { experimentID: 1 }))).toEqual({
        status: 200,
        sent: {},
        body: { filtered: `"${name}" comes from Kameleoon itself and is not sent back.` }
      })
      expect(kameleoon.emulator.requests).toEqual([])
    }
  )
})

it('creates one goal for many events of one new name at the same time', async () => {
  const kameleoon = await startKameleoon()
  const events = times(20, () => track('Basket Shared'))
  await Promise.all([kameleoon.batch(events.slice(10)), ...events.slice(0, 10).map((event) => kameleoon.single(event))])
  expect(created(kameleoon)).toEqual(['SegmentIO track - Basket Shared'])
  expect(goalNames(kameleoon)).toHaveLength(20)
})

it('retries later what exceeds the limit of 50 goals in 10 seconds, and delivers the rest', async () => {
  const kameleoon = await startKameleoon()
  const outcomes = await kameleoon.batch(times(60, (index) => track(`New goal ${index}`)))
  const delivered = outcomes.filter(({ status }) => status === 200)
  const later = outcomes.filter(({ status }) => status === 429)
  expect(delivered.length + later.length).toBe(60)
  expect(later.length).toBeGreaterThan(9)
  expect(later.length).toBeLessThan(30)
  for (const outcome of later) {
    expect(outcome).toMatchObject({
      errortype: 'TOO_MANY_REQUESTS',
      body: { retryAfterSeconds: expect.any(Number) as number }
    })
    expect(outcome.errormessage).toMatch(
      /^Kameleoon's limit for reading and creating goals is used up; try again in \d+ s$/
    )
  }
  expect(created(kameleoon)).toHaveLength(delivered.length)
  expect(kameleoon.emulator.requests.filter(({ status }) => status === 429)).toEqual([])
})

it('creates 100 goals at most where names are made by a program, and delivers every event of a known goal', async () => {
  const kameleoon = await startKameleoon({
    goals: [{ name: 'Order Completed' }, { name: 'SegmentIO track - Signed Up' }]
  })
  const known = (index: number) => (index % 2 === 0 ? 'Order Completed' : 'Signed Up')
  const events = times(1000, (index) =>
    track(index % 10 === 0 ? known(index / 10) : `Viewed Product ${10_000 + index}`)
  )
  const outcomes = await kameleoon.batch(events)
  const kinds = { delivered: 0, later: 0, filtered: 0 }
  outcomes.forEach((outcome, index) => {
    if (index % 10 === 0)
      expect(outcome).toMatchObject({ status: 200, sent: { visitEvents: [{ eventType: 'CONVERSION' }] } })
    else if (outcome.status === 429) kinds.later++
    else if (outcome.sent?.visitEvents) kinds.delivered++
    else {
      kinds.filtered++
      const { filtered } = outcome.body as { filtered: string }
      expect(filtered).toMatch(/^No goal is named "Viewed Product \d+", and no more are created for now: 100 new names/)
      expect(filtered).toContain('(goalMatching)')
    }
  })
  expect(kinds.filtered).toBe(800)
  expect(kinds.delivered).toBeGreaterThan(0)
  expect(created(kameleoon)).toHaveLength(kinds.delivered)
  expect(kameleoon.emulator.requests.filter(({ status }) => status === 429)).toEqual([])
  expect(await kameleoon.single(track('Order Completed', {}, { messageId: 'after' }))).toMatchObject({ status: 200 })
})

describe.each(FORMS)('a goal that is there but cannot be converted, $form', ({ deliver }) => {
  it.each([
    [
      'WAREHOUSE',
      { type: 'WAREHOUSE' },
      /^The goal "Order Completed" is of type WAREHOUSE, which events cannot convert\./
    ],
    [
      'RETENTION_RATE',
      { type: 'RETENTION_RATE' },
      /is of type RETENTION_RATE.*Choose a Goal of another type in the mapping/
    ],
    ['RATIO_METRICS', { type: 'RATIO_METRICS' }, /is of type RATIO_METRICS/],
    [
      'archived',
      { isArchived: true },
      /^The goal "Order Completed" is archived in Kameleoon.*Restore it, or choose another Goal/
    ]
  ])('filters the event and says so: %s', async (_kind, goal, reason) => {
    const kameleoon = await startKameleoon({ goals: [{ name: 'Order Completed', ...goal }] })
    expect(await deliver(kameleoon, track('Order Completed'))).toMatchObject({
      status: 200,
      body: { filtered: expect.stringMatching(reason) as string }
    })
    expect(created(kameleoon)).toEqual([])
    expect(kameleoon.visitEvents()).toEqual([])
  })

  it('converts an inactive one, and says so', async () => {
    const kameleoon = await startKameleoon({ goals: [{ name: 'Order Completed', status: 'INACTIVE' }] })
    expect(await deliver(kameleoon, track('Order Completed'))).toMatchObject({
      status: 200,
      body: { notes: ['The goal "Order Completed" is inactive in Kameleoon; it was converted all the same.'] }
    })
    expect(goalNames(kameleoon)).toEqual(['Order Completed'])
  })

  it('leaves the page view beside it, and says so', async () => {
    const kameleoon = await startKameleoon({ goals: [{ name: 'Pricing', isArchived: true }] })
    const outcome = await deliver(kameleoon, page('Pricing', { url: 'https://shop.example.com' }))
    expect(outcome).toMatchObject({ body: { notes: [expect.stringContaining('is archived in Kameleoon')] } })
    expect(kameleoon.emulator.totals.events).toEqual({ PAGE: 1 })
  })
})

describe('names', () => {
  it.each([
    ['composed', 'Commande valid\u00e9e', 'Commande valide\u0301e'],
    ['decomposed', 'Commande valide\u0301e', 'Commande valid\u00e9e'],
    ['with spaces at the ends', 'Order Completed', ' Order Completed\u00a0'],
    ['with invisible characters at the ends', 'Order Completed', '\u200bOrder Completed\ufeff']
  ])('are the same: %s', async (_case, name, eventName) => {
    const kameleoon = await startKameleoon({ goals: [{ name }] })
    await kameleoon.single(track(eventName))
    expect(goalNames(kameleoon)).toEqual([name])
    expect(created(kameleoon)).toEqual([])
  })

  it.each([
    ['x'.repeat(5000), 'has 5000 characters, more than 200'],
    ['Order\nCompleted', 'has control characters'],
    ['\u0000\u0001', 'has control characters'],
    ['\u200b', 'has invisible characters'],
    ['https://shop.example.com/pricing', 'is an address'],
    ['Viewed /product/12345?utm=1', 'has the query of an address'],
    ['Clicked jane.doe@example.com', 'has an e-mail address'],
    ['Opened 123e4567-e89b-12d3-a456-426614174000', 'has an id'],
    ['undefined', 'is a placeholder'],
    ['[object Object]', 'is a placeholder'],
    ['Viewed {{ product.name }}', 'is a placeholder'],
    ['<script>alert(1)</script>', 'has HTML']
  ])('that no person gives are found, but make no goal: %j', async (name, why) => {
    const kameleoon = await startKameleoon({ goals: [] })
    expect(await kameleoon.single(track(name))).toEqual({
      status: 200,
      sent: {},
      body: {
        filtered: `No goal has the name of the event, and none is created, since the name ${why}. Send static event names, choose a Goal in the mapping, or set Goal Matching (goalMatching) to "match only".`
      }
    })
    expect(created(kameleoon)).toEqual([])
  })

  it('that no person gives are found where a goal has them', async () => {
    const name = 'https://shop.example.com/pricing'
    const kameleoon = await startKameleoon({ goals: [{ name }] })
    await kameleoon.single(track(name))
    expect(goalNames(kameleoon)).toEqual([name])
  })

  it.each(['/pricing', 'Viewed Product 10001', 'Order  Completed', 'Test', '42', '🎉 Signed Up 🎉', '👨‍👩‍👧 Joined'])(
    'that a person may give make a goal: %j',
    async (name) => {
      const kameleoon = await startKameleoon({ goals: [] })
      await kameleoon.single(track(name))
      expect(goalNames(kameleoon)).toEqual([`SegmentIO track - ${name}`])
    }
  )

  it('of goals as events find these goals, and do not get a second prefix', async () => {
    const name = 'SegmentIO track - Product Added'
    const kameleoon = await startKameleoon()
    await kameleoon.single(track(name))
    await kameleoon.single(track('SegmentIO track - New', {}, { messageId: 'new' }))
    expect(goalNames(kameleoon)).toEqual([name, 'SegmentIO track - New'])
  })
})

const NAME = 'SegmentIO track - Basket Shared'

/** The goal was created, but the answer was lost. The next event of that name may come at once, from another batch. */
it.each<[FaultRule, number]>([[{ reset: 'after' }, 503]])(
  'creates one goal only where the answer to its creation is lost, %j',
  async (fault, status) => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/goals', method: 'POST', times: 1, ...fault })
    const [first, second] = times(2, () => track('Basket Shared'))
    expect(await kameleoon.single(first)).toMatchObject({ status })
    expect(await kameleoon.single(second)).toMatchObject({ status: 200 })
    expect(await kameleoon.single(first)).toMatchObject({ status: 200 })
    expect(kameleoon.emulator.goals.filter(({ name }) => name === NAME)).toHaveLength(1)
    expect(kameleoon.emulator.visitor('visitor1')?.conversions).toHaveLength(2)
  }
)
