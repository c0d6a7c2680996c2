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

  it('is found behind the first pages of a long list', async () => {
    const goals = Array.from({ length: 430 }, (_, index) => ({ name: `Goal ${index}` }))
    const kameleoon = await startKameleoon({ goals })
    await deliver(kameleoon, track('Goal 429'))
    expect(goalNames(kameleoon)).toEqual(['Goal 429'])
    expect(kameleoon.requests('/goals', 'GET').map(({ query }) => query.page)).toEqual(['1', '2', '3'])
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
  expect(later.length).toBeLessThan(16)
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
