import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { page, track } from './events'
import { FORMS, startKameleoon, type Kameleoon } from './kameleoon'

/** The nonces of all events that Kameleoon received, in their order. */
function nonces(kameleoon: Kameleoon): unknown[] {
  return kameleoon.visitEvents().map(({ nonce }) => nonce)
}

const order = track('Order Completed', { revenue: 10, tax: 2, one: ['gold'], both: ['gold', 'new'] })
const numbered = track('310005')
const onlyCustomData = (value: string): JSONObject => ({
  goalMatching: 'none',
  customData: { '1': { '@path': `$.properties.${value}` } }
})
const activity = (url: string): JSONObject => ({ visitEventType: 'PAGE', visitEventParameters: { href: url } })

interface Pair {
  what: string
  event: SegmentEvent
  one: JSONObject
  other: JSONObject
}

/** One message, and two mappings by which it says different things. */
const PAIRS: Pair[] = [
  {
    what: 'custom data of one index with other values',
    event: order,
    one: { goalMatching: 'none', customData: { '1': 'gold' } },
    other: { goalMatching: 'none', customData: { '1': 'silver' } }
  },
  {
    what: 'custom data of one index with more values',
    event: order,
    one: onlyCustomData('one'),
    other: onlyCustomData('both')
  },
  {
    what: 'a goal with another revenue',
    event: order,
    one: {},
    other: { revenue: { '@path': '$.properties.tax' } }
  },
  { what: 'a goal with the revenue taken back', event: order, one: {}, other: { negative: true } },
  { what: 'a goal with other metadata', event: order, one: {}, other: { conversionMetadata: { '1': 'gold' } } },
  { what: 'a goal by number and one whose name is that number', event: numbered, one: {}, other: { goalId: '310005' } },
  { what: 'two goals', event: order, one: {}, other: { goalId: '310002' } },
  {
    what: 'parameters of a Data API event',
    event: order,
    one: activity('https://a.example.com'),
    other: activity('https://b.example.com')
  }
]

const PROJECT = {
  goals: [
    { name: 'Order Completed', id: 310_001 },
    { name: 'Newsletter signup', id: 310_002 },
    { name: 'Basket Shared', id: 310_005 },
    { name: '310005', id: 310_006 }
  ]
}

describe.each(FORMS)('one message, $form, that two mappings take', ({ deliver }) => {
  it.each(PAIRS)('is stored as two events: $what', async ({ event, one, other }) => {
    const kameleoon = await startKameleoon(PROJECT)
    expect(await deliver(kameleoon, event, one)).toMatchObject({ status: 200 })
    expect(await deliver(kameleoon, event, other)).toMatchObject({ status: 200 })
    expect(new Set(nonces(kameleoon)).size).toBe(2)
    expect(kameleoon.emulator.visitor('visitor1')?.events).toHaveLength(2)
  })

  it.each(PAIRS)('and that comes again has the nonces it had: $what', async ({ event, one, other }) => {
    const kameleoon = await startKameleoon(PROJECT)
    for (const mapping of [one, other, one, other]) await deliver(kameleoon, event, mapping)
    const [first, second, ...again] = nonces(kameleoon)
    expect(again).toEqual([first, second])
    expect(kameleoon.emulator.visitor('visitor1')?.events).toHaveLength(2)
    kameleoon.expectedDuplicates = 2
  })
})

it('makes the same nonces for one event alone and in a batch', async () => {
  const kameleoon = await startKameleoon()
  const event = page('Pricing', { url: 'https://shop.example.com/pricing' })
  const mapping = { customData: { '1': 'gold', '2': 'vip' } }
  await kameleoon.single(event, mapping)
  await kameleoon.batch([{ ...event, messageId: 'another' }, event], mapping)
  const all = nonces(kameleoon)
  expect(all).toHaveLength(12)
  expect(all.slice(8)).toEqual(all.slice(0, 4))
  expect(new Set(all).size).toBe(8)
  kameleoon.expectedDuplicates = 4
})
