import { identify, page, times, track } from './events'
import { startKameleoon } from './kameleoon'

const rejectedGoal = { goalId: { '@path': '$.properties.goal' } }

/** A hundred track calls, of which one converts a goal that the project does not have. */
function oneBad(bad: number) {
  return times(100, (index) =>
    track('Order', { goal: index === bad ? '999999' : '310001', kameleoonVisitorCode: `visitor${index}` })
  )
}

it.each([0, 37, 99])('delivers 99 of 100 events if Kameleoon rejects number %i', async (bad) => {
  const kameleoon = await startKameleoon({ content: 'reject' })
  const outcomes = await kameleoon.batch(oneBad(bad), rejectedGoal)

  expect(outcomes).toHaveLength(100)
  outcomes.forEach((outcome, index) => {
    expect(outcome.sent?.visitEvents).toMatchObject([{ visitorCode: `visitor${index}` }])
    expect(outcome.status).toBe(index === bad ? 400 : 200)
  })
  expect(outcomes[bad]).toMatchObject({
    errortype: 'PAYLOAD_VALIDATION_FAILED',
    errormessage: 'Kameleoon answered 400 to POST /visit/events: event 0: goal unknown in this project (goalId)',
    sent: { visitEvents: [{ goalId: 999_999 }] }
  })
  expect(kameleoon.emulator.visitors()).toHaveLength(99)
  expect(kameleoon.emulator.visitor(`visitor${bad}`)).toBeUndefined()
  expect(kameleoon.requests('/visit/events').length).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(100)))
})

it('keeps the events of one message together when it halves', async () => {
  const kameleoon = await startKameleoon({ content: 'reject' })
  const events = times(8, (index) =>
    page(index === 3 ? 'Bad' : 'Pricing', {
      url: 'https://shop.example.com',
      index,
      kameleoonVisitorCode: `visitor${index}`
    })
  )
  const outcomes = await kameleoon.batch(events, { customData: { '77': { '@path': '$.properties.bad' } } })
  expect(outcomes.map(({ status }) => status)).toEqual(events.map(() => 200))

  const metadata = { conversionMetadata: { '77': { '@if': { exists: { '@path': '$.properties.bad' }, then: 'x' } } } }
  const mixed = events.map((event, index) => ({
    ...event,
    messageId: `mixed-${index}`,
    properties: { ...event.properties, ...(index === 3 ? { bad: true } : {}) }
  }))
  const second = await kameleoon.batch(mixed, metadata)
  expect(second.map(({ status }) => status)).toEqual([200, 200, 200, 400, 200, 200, 200, 200])
  expect(kameleoon.emulator.visitor('visitor3')?.pages).toHaveLength(1)
  expect(kameleoon.emulator.visitor('visitor4')?.pages).toHaveLength(2)
})

it('answers good and bad payloads in their order', async () => {
  const kameleoon = await startKameleoon()
  const noVisitor = { kameleoonVisitorCode: undefined }
  const outcomes = await kameleoon.batch([
    track('Order Completed', { kameleoonVisitorCode: 'a' }, { messageId: '0' }),
    track('Order Completed', noVisitor, { messageId: '1' }),
    track('Order Completed', { kameleoonVisitorCode: 'c' }, { messageId: '2', timestamp: 'never' }),
    track('Experiment Viewed', { kameleoonVisitorCode: 'd', experimentID: 7 }, { messageId: '3' }),
    track('Audience Entered', { kameleoonVisitorCode: 'e', audience_key: 'vip' }, { messageId: '4' }),
    track('', { kameleoonVisitorCode: 'f' }, { messageId: '5' }),
    track('Order Completed', { kameleoonVisitorCode: 'g' }, { messageId: '6' })
  ])
  expect(outcomes.map(({ status }) => status)).toEqual([200, 400, 400, 200, 200, 400, 200])
  expect(outcomes[0].sent?.visitEvents).toMatchObject([{ visitorCode: 'a' }])
  expect(outcomes[3].body).toHaveProperty('filtered')
  expect(outcomes[4].sent?.maps).toEqual({ COHORTS_e: { vip: true } })
  expect(outcomes[6].sent?.visitEvents).toMatchObject([{ visitorCode: 'g' }])
  expect(kameleoon.emulator.visitors()).toEqual(['a', 'g'])
})

it('leaves events out that another subscription takes, in their place', async () => {
  const kameleoon = await startKameleoon()
  const outcomes = await kameleoon.batch([
    track('Order Completed'),
    identify({ plan: 'gold' }),
    track('Product Added', {}, { messageId: 'b' })
  ])
  expect(outcomes).toMatchObject([
    { status: 200 },
    { status: 400, errormessage: 'Payload is either invalid or does not match the subscription' },
    { status: 200 }
  ])
})

it('keeps the outcome of each part where only one of several requests fails', async () => {
  const kameleoon = await startKameleoon()
  kameleoon.emulator.faults.add({ path: '/visit/events', status: 503, skip: 1, times: 1 })
  const outcomes = await kameleoon.batch(times(2_500, () => track('Order Completed')))
  const statuses = outcomes.map(({ status }) => status)
  expect(new Set(statuses.slice(0, 1_000))).toEqual(new Set([200]))
  expect(new Set(statuses.slice(1_000, 2_000))).toEqual(new Set([503]))
  expect(new Set(statuses.slice(2_000))).toEqual(new Set([200]))
})

it('sends nothing more of a batch after 429', async () => {
  const kameleoon = await startKameleoon()
  kameleoon.emulator.faults.add({ path: '/visit/events', status: 429, retryAfter: 12, skip: 1 })
  const outcomes = await kameleoon.batch(times(4_500, () => track('Order Completed')))
  expect(kameleoon.requests('/visit/events')).toHaveLength(2)
  const expected = { status: 429, errortype: 'TOO_MANY_REQUESTS', body: { retryAfterSeconds: 12 } }
  expect(outcomes.slice(0, 1_000).every(({ status }) => status === 200)).toBe(true)
  for (const outcome of outcomes.slice(1_000)) expect(outcome).toMatchObject(expected)
})

it('writes no stored data after its visit events met 429', async () => {
  const kameleoon = await startKameleoon()
  kameleoon.emulator.faults.add({ path: '/visit/events', status: 429 })
  const outcomes = await kameleoon.batch([identify({ plan: 'gold' })], { customData: { '1': 'gold' } })
  expect(outcomes).toMatchObject([{ status: 429 }])
  expect(kameleoon.requests('/map/maps', 'GET')).toEqual([])
  expect(kameleoon.requests('/map/maps')).toEqual([])
})

it('is tried again as a whole if one part of it may be, and a retry completes it', async () => {
  const kameleoon = await startKameleoon()
  kameleoon.expectedDuplicates = 1
  kameleoon.emulator.faults.add({ path: '/map/maps', method: 'POST', status: 500, times: 1 })
  const mapping = { customData: { '1': 'gold' } }
  expect(await kameleoon.batch([identify({ plan: 'gold' })], mapping)).toMatchObject([
    { status: 500, sent: { visitEvents: [{ eventType: 'CUSTOMDATA' }] } }
  ])
  expect(await kameleoon.batch([identify({ plan: 'gold' })], mapping)).toMatchObject([{ status: 200 }])
  expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { plan: 'gold' } })
})
