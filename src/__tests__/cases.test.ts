import definition from '../destinations/kameleoon'
import { presetSubscriptions, type Settled, type Subscription } from '../segment-host'
import { deliverThroughHost } from './host'
import { startKameleoon, type Kameleoon } from './kameleoon'

/*
 * Events as they really come, after public reports and specifications; the data in them is made up. They are delivered as a
 * file of them is, with the presets unless a test says otherwise.
 */

const CODE = 'q4w8e2r6t1y5u9i3'
const AT = '2026-03-02T09:00:00.000Z'
let messages = 0

function event(type: string, fields: object): object {
  return { type, messageId: `m-${messages++}`, timestamp: AT, ...fields }
}

const track = (name: unknown, properties: object = {}, fields: object = {}): object =>
  event('track', { event: name, properties, ...fields })

/** A track call of a visitor with a visitor code. */
const ofVisitor = (name: unknown, properties: object = {}, fields: object = {}): object =>
  track(name, { kameleoonVisitorCode: CODE, ...properties }, { anonymousId: 'anon-1', userId: null, ...fields })

/** What Segment Engage puts beside an audience, a journey or a computed trait. */
const engage = (computation_class: string, computation_key: string): object => ({
  context: { personas: { computation_class, computation_key, computation_id: 'aud_x1', namespace: 'spa_demo' } }
})

interface Delivered {
  kameleoon: Kameleoon
  /** One outcome for each event. */
  outcomes: Outcome[]
}

async function deliver(events: object[], subscriptions?: Subscription[]): Promise<Delivered> {
  const kameleoon = await startKameleoon()
  const outcomes = await deliverThroughHost(kameleoon, events, { subscriptions })
  expect(outcomes.map(({ length }) => length)).toEqual(events.map(() => 1))
  return { kameleoon, outcomes: outcomes.flat() }
}

type Outcome = Settled['outcome']

const kinds = (outcomes: Outcome[]): string[] => outcomes.map(({ kind }) => kind)
const all = (kind: Outcome['kind'], events: object[]): string[] => events.map(() => kind)

/** The amount of every conversion, below zero for one that is taken back. */
function amounts(kameleoon: Kameleoon): number[] {
  return kameleoon.visitEvents().map(({ revenue, negative }) => (negative ? -Number(revenue) : Number(revenue)))
}

function trackMapping(name: string, subscribe: string, fields: Subscription['mapping']): Subscription {
  const calls = presetSubscriptions(definition).find((preset) => preset.name === 'Track Calls')
  return { name, partnerAction: 'logEvent', subscribe, mapping: { ...calls?.mapping, ...fields } }
}

describe('an audience or a journey', () => {
  it('whose membership is a text is entered and left, and is no goal', async () => {
    const step = 'j_o_trial__opened_mail_k2'
    const events = [
      track('Audience Entered', { [step]: 'true' }, { userId: 'u1', ...engage('journey_step', step) }),
      event('identify', { userId: 'u2', traits: { [step]: 'true' }, ...engage('journey_step', step) }),
      track('Audience Entered', { [step]: 'true' }, { userId: 'u3' }),
      event('identify', { userId: 'u4', traits: { vip: 'true' }, ...engage('audience', 'vip') }),
      event('identify', { userId: 'u4', traits: { vip: 'false' }, ...engage('audience', 'vip') }),
      track('VIP list changed', { audience_key: 'vip', vip: 'true' }, { userId: 'u5', ...engage('audience', 'vip') })
    ]
    const { kameleoon, outcomes } = await deliver(events)
    expect(kinds(outcomes)).toEqual(all('delivered', events))
    expect(kameleoon.allStored()).toEqual({
      COHORTS_u1: { [step]: true },
      COHORTS_u2: { [step]: true },
      COHORTS_u3: { [step]: true },
      COHORTS_u5: { vip: true },
      IDENTIFY_u2: { [step]: 'true' },
      IDENTIFY_u4: { vip: 'false' }
    })
    expect(kameleoon.visitEvents()).toEqual([])
  })

  it.each(['merge', 'replace'] as const)('that is left is gone, where Kameleoon would %s', async (mapWrites) => {
    const kameleoon = await startKameleoon({ mapWrites })
    const change = (name: string, key: string): object => ofVisitor(name, { audience_key: key })
    const events = [
      change('Audience Entered', 'vip'),
      change('Audience Entered', 'cart'),
      change('Audience Exited ', 'vip')
    ]
    expect(kinds((await deliverThroughHost(kameleoon, events)).flat())).toEqual(all('delivered', events))
    expect(kameleoon.allStored()).toEqual({ [`COHORTS_${CODE}`]: { cart: true } })
  })

  it('of accounts, in a group call, is one of the visitor; without a visitor the error is clear', async () => {
    const { kameleoon, outcomes } = await deliver([
      event('group', {
        ...{ userId: 'u1', groupId: 'acme', traits: { at_risk_accounts: true } },
        ...engage('audience', 'at_risk_accounts')
      }),
      event('group', {
        groupId: 'acme',
        traits: { at_risk_accounts: true },
        ...engage('audience', 'at_risk_accounts')
      }),
      event('group', { userId: 'u2', groupId: 'acme', traits: { logins_30d: 7 }, ...engage('trait', 'logins_30d') })
    ])
    expect(outcomes).toEqual([
      { kind: 'delivered' },
      {
        ...{ kind: 'rejected', status: 400 },
        reason: expect.stringMatching(/^kameleoonVisitorCode is missing\./) as string
      },
      { kind: 'delivered' }
    ])
    expect(kameleoon.allStored()).toEqual({
      COHORTS_u1: { at_risk_accounts: true },
      IDENTIFY_u1: { groupId: 'acme', group: { at_risk_accounts: true } },
      IDENTIFY_u2: { groupId: 'acme', group: { logins_30d: 7 } }
    })
  })
})

it('stores a computed trait, without conversion and without revenue', async () => {
  const trait = (key: string, value: unknown, userId: string): object =>
    track('Trait Computed', { trait_key: key, [key]: value }, { userId, ...engage('trait', key) })
  const { kameleoon, outcomes } = await deliver([
    trait('total_revenue_180_days', 450, 'u1'),
    trait('revenue', 12450.5, 'u2'),
    event('identify', { userId: 'u3', traits: { logins: 4 }, ...engage('trait', 'logins') })
  ])
  expect(kinds(outcomes)).toEqual(all('delivered', outcomes))
  expect(kameleoon.allStored()).toEqual({
    IDENTIFY_u1: { total_revenue_180_days: 450 },
    IDENTIFY_u2: { revenue: 12450.5 },
    IDENTIFY_u3: { logins: 4 }
  })
  expect(kameleoon.visitEvents()).toEqual([])
})

describe('an amount', () => {
  it.each<[properties: object, amount: number]>([
    [{ revenue: '25.00', total: 99 }, 25],
    [{ revenue: '1,299.00', total: 99 }, 1299],
    [{ revenue: '$12', total: 99 }, 12],
    [{ revenue: '12 €', total: 99 }, 12],
    [{ revenue: '1.299,00', total: 99 }, 1299],
    [{ revenue: '12,50', total: 99 }, 12.5],
    [{ revenue: '  12.5 ', total: 99 }, 12.5],
    [{ revenue: '1e3', total: 99 }, 1000],
    [{ revenue: '12.34567', total: 99 }, 12.34567],
    [{ revenue: '-0', total: 99 }, 0],
    [{ revenue: 0, total: 99 }, 0],
    [{ revenue: '', total: 99 }, 99],
    [{ revenue: null, total: 99 }, 99],
    [{ total: '$27.50' }, 27.5],
    [{ value: 31 }, 0],
    [{ subtotal: 22.5 }, 0]
  ])('that can be read in one way counts: %j', async (properties, amount) => {
    const { kameleoon, outcomes } = await deliver([ofVisitor('Order Completed', properties)])
    expect(outcomes).toEqual([{ kind: 'delivered' }])
    expect(amounts(kameleoon)).toEqual([amount])
  })

  it.each<[properties: object, seen: string]>([
    [{ revenue: '1,299', total: 99 }, 'the string "1,299", which can be read as 1299 and as 1.299'],
    [{ revenue: '0x1F', total: 99 }, 'the string "0x1F"'],
    [{ revenue: 'free', total: 99 }, 'the string "free"'],
    [{ revenue: 'N/A', total: 99 }, 'the string "N/A"'],
    [{ revenue: { amount: 12, currency: 'EUR' } }, 'an object'],
    [{ revenue: [12] }, 'an array'],
    [{ revenue: true }, 'a boolean'],
    [{ revenue: false, total: 5 }, 'a boolean']
  ])('that cannot be read is rejected, and the reason says what was seen: %j', async (properties, seen) => {
    const { kameleoon, outcomes } = await deliver([ofVisitor('Order Completed', properties)])
    const reason = expect.stringContaining(seen) as string
    expect(outcomes).toEqual([{ kind: 'rejected', status: 400, reason }])
    expect(kameleoon.visitEvents()).toEqual([])
  })

  it.each<[name: string, properties: object, amount: number]>([
    ['Order Completed', { revenue: 25, total: 27.5 }, 25],
    ['Order Refunded', { total: 30 }, -30],
    ['Order Refunded', { total: -30 }, -30],
    ['Order Refunded ', { total: 30 }, -30],
    ['order refunded', { total: 30 }, -30],
    ['Refunded Order', { total: 30 }, -30],
    ['Order Cancelled', { total: 30, revenue: 25 }, -25],
    ['Order Updated', { total: 27.5 }, 27.5],
    ['Completed Order', { total: 30 }, 30],
    ['Checkout Started', { value: 30, revenue: 25 }, 25],
    ['Subscription Renewed', { revenue: -9.99 }, -9.99]
  ])('of %s with %j is added or taken back', async (name, properties, amount) => {
    const { kameleoon, outcomes } = await deliver([ofVisitor(name, properties)])
    expect(outcomes).toEqual([{ kind: 'delivered' }])
    expect(amounts(kameleoon)).toEqual([amount])
  })

  it('is not the total of an event that is no order', async () => {
    const { kameleoon, outcomes } = await deliver([
      ofVisitor('Products Searched', { query: 'shoes', total: 137 }),
      ofVisitor('Quiz Completed', { score: 7, total: 10 }),
      ofVisitor('Video Playback Completed', { total: 392 }),
      ofVisitor('Cart Viewed', { total: 80 }),
      ofVisitor('Order Cancelled', { total: 80 })
    ])
    expect(kinds(outcomes)).toEqual(all('delivered', outcomes))
    expect(amounts(kameleoon)).toEqual([0, 0, 0, 0, -80])
  })
})

it.each(['Order Completed ', '  Order Completed', 'Order Completed\u00a0', 'SegmentIO track - Order Completed'])(
  'finds one goal for one name: %j',
  async (name) => {
    const goals = [name.startsWith('SegmentIO') ? { name } : { name: 'Order Completed' }]
    const kameleoon = await startKameleoon({ goals })
    const outcomes = await deliverThroughHost(kameleoon, [ofVisitor(name)])
    expect(outcomes).toEqual([[{ kind: 'delivered' }]])
    expect(kameleoon.emulator.goals).toHaveLength(1)
    expect(kameleoon.emulator.visitor(CODE)?.conversions).toHaveLength(1)
  }
)

it.each(['new', 'updated', 'deleted'])('filters "%s", which Segment makes of a row of a warehouse', async (name) => {
  const { kameleoon, outcomes } = await deliver([ofVisitor(name)])
  expect(outcomes).toEqual([
    { kind: 'filtered', reason: expect.stringContaining('Choose a Goal in the mapping') as string }
  ])
  expect(kameleoon.emulator.requests).toEqual([])
})

describe('a placeholder', () => {
  const PLACEHOLDERS = [
    ...['undefined', 'null', 'NaN', '[object Object]', '(not set)', 'anonymous', 'guest', '0', '-1', 'none', 'None'],
    ...['false', '%22abc%22', 'test', '{{kameleoonVisitorCode}}', '{{ user.id }}', '$visitorCode'],
    ...['kameleoonVisitorCode=abc', 'abc; path=/', '00000000-0000-0000-0000-000000000000', ' UNDEFINED ']
  ]

  it('is no visitor code: the events are rejected, and the reason names it', async () => {
    const codes = [...PLACEHOLDERS, '  ']
    const { kameleoon, outcomes } = await deliver(
      codes.map((kameleoonVisitorCode) => ofVisitor('Order Completed', { kameleoonVisitorCode, revenue: 1 }))
    )
    expect(kinds(outcomes)).toEqual(codes.map(() => 'rejected'))
    const [first] = outcomes
    expect(first).toMatchObject({
      status: 400,
      reason: expect.stringContaining('kameleoonVisitorCode is "undefined"') as string
    })
    expect(kameleoon.visitEvents()).toEqual([])
  })

  it('gives way to the user id', async () => {
    const { kameleoon } = await deliver([
      track('Order Completed', { kameleoonVisitorCode: 'undefined', revenue: 1 }, { userId: 'jane' })
    ])
    expect(kameleoon.emulator.visitors()).toEqual(['jane'])
  })

  it('is no user id, no link and no key', async () => {
    const ids = PLACEHOLDERS.map((userId) => ({ userId, anonymousId: 'null' }))
    const { kameleoon, outcomes } = await deliver([
      ...ids.map((some) => track('Order Completed', { revenue: 1 }, some)),
      ...ids.map((some) => event('identify', { ...some, traits: { email: 'jane@example.com' } })),
      event('identify', { userId: 'undefined', traits: { kameleoonVisitorCode: CODE, plan: 'gold' } })
    ])
    expect(kinds(outcomes)).toEqual([...ids, ...ids].map(() => 'rejected').concat('delivered'))
    expect(kameleoon.visitEvents()).toEqual([])
    expect(kameleoon.allStored()).toEqual({ [`IDENTIFY_${CODE}`]: { plan: 'gold' } })
  })

  it('is none of the ids that only look odd', async () => {
    const ids = ['jane.doe@example.com', 12345, 'b64==', 'null-42', 'test-user', 'guestbook']
    const { kameleoon } = await deliver(ids.map((userId) => track('Order Completed', {}, { userId })))
    expect(kameleoon.emulator.visitors().sort()).toEqual(ids.map(String).sort())
  })
})

it.each<[integrations: unknown, kind: Outcome['kind']]>([
  [{ All: false }, 'filtered'],
  [{ 'Kameleoon (Actions)': false }, 'filtered'],
  [{ All: false, 'Kameleoon (Actions)': true }, 'delivered'],
  [{ All: false, 'Kameleoon (Actions)': { x: 1 } }, 'delivered'],
  [{ 'Actions Kameleoon': false }, 'filtered'],
  [{ 'actions-kameleoon': false }, 'filtered'],
  [{ kameleoon: false }, 'filtered'],
  [{ all: false }, 'filtered'],
  [{ All: 'false' }, 'filtered'],
  [null, 'delivered'],
  [[], 'delivered']
])('follows the integrations object %j', async (integrations, kind) => {
  const { kameleoon, outcomes } = await deliver([ofVisitor('Order Completed', {}, { integrations })])
  expect(kinds(outcomes)).toEqual([kind])
  expect(kameleoon.visitEvents()).toHaveLength(kind === 'delivered' ? 1 : 0)
})

it('adds up the traits of one group, also with a call that has fewer or none', async () => {
  const group = (userId: string, minute: number, traits?: object): object =>
    event('group', { userId, groupId: 'acme', timestamp: `2026-03-02T09:0${minute}:00.000Z`, traits })
  const { kameleoon } = await deliver([
    group('u1', 0, { name: 'Acme', plan: 'enterprise', employees: 420 }),
    group('u1', 5),
    group('u2', 0, { name: 'Acme', plan: 'enterprise' }),
    group('u2', 5, { employees: 421 })
  ])
  expect(kameleoon.allStored()).toEqual({
    IDENTIFY_u1: { groupId: 'acme', group: { name: 'Acme', plan: 'enterprise', employees: 420 } },
    IDENTIFY_u2: { groupId: 'acme', group: { name: 'Acme', plan: 'enterprise', employees: 421 } }
  })
})

it.each<[where: string, fields: object, visitor: string]>([
  [
    'properties before context',
    { properties: { kameleoonVisitorCode: 'a1' }, context: { traits: { kameleoonVisitorCode: 'b1' } } },
    'a1'
  ],
  ['traits beside the properties', { properties: {}, traits: { kameleoonVisitorCode: 'a2' } }, 'a2'],
  ['other capitals', { properties: { KameleoonVisitorCode: 'a3' } }, 'a3'],
  ['underscores', { properties: { kameleoon_visitor_code: 'a4' } }, 'a4'],
  ['the context itself', { properties: {}, context: { kameleoonVisitorCode: 'a5' } }, 'a5'],
  ['context traits', { properties: {}, context: { traits: { kameleoonVisitorCode: 'a6' } } }, 'a6'],
  ['no name of another field', { properties: { visitorCode: 'a7' } }, 'u3']
])('reads the visitor code from %s', async (_where, fields, visitor) => {
  const { kameleoon } = await deliver([event('track', { event: 'Order Completed', userId: 'u3', ...fields })])
  expect(kameleoon.emulator.visitors()).toEqual([visitor])
})

it('counts one message for two visitors, by two mappings', async () => {
  const kameleoon = await startKameleoon()
  const subscriptions = [
    trackMapping('by code', 'event = "Order Completed"', {}),
    trackMapping('by user id', 'event = "Order Completed"', { kameleoonVisitorCode: { '@path': '$.userId' } })
  ]
  const order = track('Order Completed', { revenue: 40, kameleoonVisitorCode: CODE }, { userId: 'user-77' })
  const [outcomes] = await deliverThroughHost(kameleoon, [order], { subscriptions })
  expect(outcomes).toEqual([{ kind: 'delivered' }, { kind: 'delivered' }])
  expect(kameleoon.emulator.visitors().sort()).toEqual([CODE, 'user-77'])
  expect(new Set(kameleoon.visitEvents().map(({ nonce }) => nonce)).size).toBe(2)
})

it('counts one message id for two visitors', async () => {
  const order = (userId: string): object =>
    track('Order Completed', { revenue: 40 }, { userId, messageId: 'order-5001' })
  const { kameleoon } = await deliver([order('buyer'), order('referrer')])
  expect(kameleoon.emulator.visitors().sort()).toEqual(['buyer', 'referrer'])
  expect(amounts(kameleoon)).toEqual([40, 40])
})

describe('"Experiment Viewed"', () => {
  const other = { experiment_id: 'opt-1', experiment_name: 'Optimizely', variation_id: '2', variation_name: 'B' }
  const own = { experimentID: 4711, experimentName: 'Banner', variationID: 2, variationName: 'Red' }

  it('of another tool converts the mapped goal, or the one of its name', async () => {
    const mapped = trackMapping('exp', 'event = "Experiment Viewed"', { goalId: '310002' })
    const { kameleoon } = await deliver([ofVisitor('Experiment Viewed', other)], [mapped])
    expect(kameleoon.emulator.visitor(CODE)?.conversions).toMatchObject([{ goalName: 'Newsletter signup' }])
    const byName = await deliver([ofVisitor('Experiment Viewed', other)])
    expect(byName.outcomes).toEqual([{ kind: 'delivered' }])
  })

  it('of Kameleoon itself is filtered', async () => {
    const { kameleoon, outcomes } = await deliver([ofVisitor('Experiment Viewed', own)])
    expect(outcomes).toEqual([
      { kind: 'filtered', reason: '"Experiment Viewed" comes from Kameleoon itself and is not sent back.' }
    ])
    expect(kameleoon.emulator.requests).toEqual([])
  })
})
