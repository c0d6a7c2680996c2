import { PayloadValidationError, RetryableError } from '@segment/actions-core'
import {
  bodiesTo,
  callsTo,
  errorFrom,
  kameleoon,
  operationsOf,
  sentEvents,
  startFromEmpty
} from '../../__tests__/__helpers__/kameleoon'
import { runBatch, runOne } from '../../__tests__/__helpers__/segment'
import type { SourceEvent } from '../../__tests__/__helpers__/segment'

const EVENTS = 'POST /visit/events'
const WRITE = 'POST /map/maps'
const goals = (...names: string[]) => ({
  'GET /goals': { body: names.map((name, index) => ({ id: index + 1, name, status: 'ACTIVE' })) }
})

const order: SourceEvent = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'fake-message-1',
  timestamp: '2026-01-31T12:00:00.000Z',
  userId: 'user-1',
  anonymousId: 'anonymous-1',
  properties: { kameleoonVisitorCode: 'visitor-1', revenue: 49.9, total: 60, currency: 'EUR' },
  context: { userAgent: 'Mozilla/5.0 (fake)', ip: '203.0.113.7' }
}

/** The visit event of `order`, exactly as it is sent. */
const conversion = {
  eventType: 'CONVERSION',
  goalId: 1,
  revenue: 49.9,
  negative: false,
  nonce: expect.stringMatching(/^[0-9A-F]{16}$/) as string,
  visitorCode: 'visitor-1',
  userAgent: 'Mozilla/5.0 (fake)'
}

const run = (event: SourceEvent, mapping = {}) => runOne('logEvent', event, mapping)

beforeEach(startFromEmpty)

describe('a track call', () => {
  it('is one conversion: body, address and headers', async () => {
    const calls = kameleoon(goals('Order Completed'))
    const data = await run(order)
    const [call] = callsTo(calls, EVENTS)
    expect(call.host).toBe('https://eu-data.kameleoon.io')
    expect(call.query).toEqual({ siteCode: 'abc123def4', json: 'true', bodyUa: 'true' })
    expect(call.headers).toMatchObject({
      authorization: 'Bearer fake-token',
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^SegmentKameleoonDestination\/[\d.]+ \(Segment Actions\)$/) as string
    })
    expect(JSON.parse(call.body)).toEqual([conversion])
    expect(data).toEqual({
      status: 200,
      sent: { visitEvents: [conversion] },
      body: { answers: [{ operation: EVENTS, status: 204 }] }
    })
  })

  it('is the same alone and in a batch', async () => {
    const calls = kameleoon(goals('Order Completed'))
    await run(order)
    await runBatch([order], { partnerAction: 'logEvent' })
    const [alone, inBatch] = callsTo(calls, EVENTS)
    expect(inBatch).toEqual(alone)
  })

  it('in a batch has an outcome of its own', async () => {
    kameleoon(goals('Order Completed'))
    const outcomes = await runBatch([order, { ...order, messageId: 'fake-message-2' }], { partnerAction: 'logEvent' })
    expect(outcomes).toMatchObject([
      { status: 200, sent: { visitEvents: [conversion] } },
      { status: 200, sent: { visitEvents: [conversion] } }
    ])
  })

  it.each([
    ['the name of the event', ['Order Completed', 'SegmentIO track - Order Completed'], 1],
    ['the name on an older help page', ['Segment.io – Order Completed', 'Other'], 1],
    ['the name of the integration', ['Other', 'SegmentIO track - Order Completed'], 2]
  ])('converts the goal with %s', async (_case, names, goalId) => {
    const calls = kameleoon(goals(...names))
    await run(order)
    expect(sentEvents(calls)).toMatchObject([{ goalId }])
    expect(operationsOf(calls)).not.toContain('POST /goals')
  })

  it('creates the goal and converts it, if there is none', async () => {
    const calls = kameleoon()
    await run(order)
    expect(bodiesTo(calls, 'POST /goals')).toEqual([
      {
        name: 'SegmentIO track - Order Completed',
        siteId: 17,
        type: 'CUSTOM',
        hasMultipleConversions: true,
        status: 'ACTIVE'
      }
    ])
    expect(sentEvents(calls)).toMatchObject([{ goalId: 900 }])
  })

  it('converts the mapped goal without reading other goals', async () => {
    const calls = kameleoon()
    await run(order, { goalId: '42' })
    expect(sentEvents(calls)).toEqual([{ ...conversion, goalId: 42 }])
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', EVENTS])
  })

  it('converts no goal if the mapping has no conversion', async () => {
    const calls = kameleoon()
    await expect(run(order, { goalMatching: 'none' })).resolves.toMatchObject({
      body: { filtered: 'The mapping produced nothing to send for this event.' }
    })
    expect(calls).toEqual([])
  })

  it.each<[string, SourceEvent, object]>([
    ['properties.revenue', { properties: { revenue: 10, total: 12 } }, { revenue: 10, negative: false }],
    ['else properties.total', { properties: { total: 12 } }, { revenue: 12, negative: false }],
    ['no amount', { properties: { value: 12 } }, { revenue: 0, negative: false }],
    ['an amount below zero', { properties: { revenue: -10 } }, { revenue: 10, negative: true }],
    ['a text with a number', { properties: { revenue: '10.50' } }, { revenue: 10.5, negative: false }],
    ['a refund', { event: 'Order Refunded', properties: { total: 12 } }, { revenue: 12, negative: true }]
  ])('has its amount from %s', async (_case, changed, expected) => {
    const calls = kameleoon(goals('Order Completed', 'Order Refunded'))
    await run({ ...order, ...changed })
    expect(sentEvents(calls)).toMatchObject([expected])
  })

  it('sends the custom data of the mapping with the conversion and for the visitor', async () => {
    const calls = kameleoon(goals('Order Completed'))
    await run(order, {
      conversionMetadata: { '4': { '@path': '$.properties.currency' } },
      customData: { '5': { '@path': '$.properties.currency' } }
    })
    expect(sentEvents(calls)).toEqual([
      { ...conversion, metadata: { '4': ['EUR'] } },
      {
        eventType: 'CUSTOMDATA',
        index: 5,
        valuesCountMap: { EUR: 1 },
        overwrite: true,
        nonce: expect.stringMatching(/^[0-9A-F]{16}$/) as string,
        visitorCode: 'visitor-1'
      }
    ])
    expect(new Set(sentEvents(calls).map(({ nonce }) => nonce)).size).toBe(2)
  })

  it('sends device data if the mapping says so', async () => {
    const calls = kameleoon(goals('Order Completed'))
    const context = { locale: 'fr-FR', location: { city: 'Paris' } }
    await run({ ...order, context }, { sendDeviceData: true })
    expect(sentEvents(calls)).toMatchObject([
      { eventType: 'CONVERSION' },
      { eventType: 'STATICDATA', localeLanguageTag: 'fr-FR' },
      { eventType: 'GEOLOCATION', city: 'Paris' }
    ])
  })

  it('is another event of the Data API if the mapping says so', async () => {
    const calls = kameleoon()
    await run(order, { visitEventType: 'EXPERIMENT', visitEventParameters: { id: '12', variationId: 3 } })
    expect(sentEvents(calls)).toMatchObject([
      { eventType: 'EXPERIMENT', id: 12, variationId: 3, visitorCode: 'visitor-1' }
    ])
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', EVENTS])
  })

  const exposures: Array<[string, object]> = [
    ['Experiment Viewed', { experimentID: 1, experimentName: 'Checkout', variationID: 2, variationName: 'B' }],
    ['Personalization Viewed', { personalizationID: 1, personalizationName: 'Summer', variationID: 2 }]
  ]

  it.each(exposures)(
    '"%s" with the properties of Kameleoon is not sent back to where it came from',
    async (event, own) => {
      const calls = kameleoon()
      const properties = { ...(order.properties as object), ...own }
      await expect(run({ ...order, event, properties })).resolves.toEqual({
        status: 200,
        sent: {},
        body: { filtered: `"${event}" comes from Kameleoon itself and is not sent back.` }
      })
      expect(calls).toEqual([])
    }
  )

  it.each(exposures)('"%s" of Kameleoon converts a goal that the mapping chooses', async (event, own) => {
    const calls = kameleoon()
    await run({ ...order, event, properties: { ...(order.properties as object), ...own } }, { goalId: '310001' })
    expect(sentEvents(calls)).toMatchObject([{ goalId: 310001 }])
  })

  it('"Experiment Viewed" of another tool is an event like any other', async () => {
    const calls = kameleoon({ 'GET /goals': { body: [{ id: 5, name: 'Experiment Viewed' }] } })
    const properties = { ...(order.properties as object), experiment_id: 'opt-1', variation_name: 'B' }
    await run({ ...order, event: 'Experiment Viewed', properties })
    expect(sentEvents(calls)).toMatchObject([{ goalId: 5 }])
  })

  it.each([
    ['new', {}],
    ['updated', {}],
    ['deleted', {}],
    ['Entity Added', {}],
    ['Associated Entity Removed ', {}],
    ['Journey Step Entered', { journey_metadata: { journey_id: 'j' } }]
  ])('"%s", which Segment makes itself, is filtered unless the mapping chooses a goal', async (event, own) => {
    const calls = kameleoon()
    const made = { ...order, event, properties: { ...(order.properties as object), ...own } }
    await expect(run(made)).resolves.toMatchObject({
      body: { filtered: expect.stringContaining('Choose a Goal in the mapping') as string }
    })
    expect(calls).toEqual([])
    await run(made, { goalId: '12' })
    expect(sentEvents(calls)).toMatchObject([{ goalId: 12 }])
  })

  it('for a computed trait stores the trait as an identify call would, and converts nothing', async () => {
    const calls = kameleoon()
    await run({
      ...order,
      event: 'Trait Computed',
      properties: { trait_key: 'revenue', revenue: 12450.5, kameleoonVisitorCode: 'visitor-1' },
      context: { personas: { computation_class: 'trait', computation_key: 'revenue' } }
    })
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', 'GET /map/maps', WRITE])
    expect(bodiesTo(calls, WRITE)).toEqual([
      { 'IDENTIFY_visitor-1': { revenue: 12450.5 }, 'IDENTIFY_user-1': { revenue: 12450.5 } }
    ])
  })

  it.each([
    ['undefined', 'kameleoonVisitorCode'],
    ['{{code}}', 'kameleoonVisitorCode'],
    ['null', 'k_visitorCode']
  ])('with the placeholder %j as %s is not of a visitor of that name', async (code, name) => {
    const calls = kameleoon()
    const answer = await run({ ...order, properties: { [name]: code } })
    expect(sentEvents(calls)).toMatchObject([{ visitorCode: 'user-1' }])
    expect(answer).toMatchObject({
      body: { notes: [expect.stringContaining(`${name} is "${code}"`)] }
    })
  })

  it('with nothing but placeholders is rejected with what was found where', async () => {
    kameleoon()
    const error = await errorFrom(() =>
      run({ ...order, userId: 'null', anonymousId: undefined, properties: { kameleoonVisitorCode: 'undefined' } })
    )
    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toMatch(/^kameleoonVisitorCode is missing\./)
    expect(error.message).toContain(
      'Placeholders count as absent: userId is "null", kameleoonVisitorCode is "undefined".'
    )
  })

  it('by two mappings for two visitors counts for both', async () => {
    const calls = kameleoon()
    await run(order)
    await run(order, { kameleoonVisitorCode: { '@path': '$.userId' } })
    const nonces = sentEvents(calls).map(({ nonce }) => nonce)
    expect(new Set(nonces).size).toBe(2)
  })
})

describe('a screen call', () => {
  it('is a conversion whose goal has "screen" in its name', async () => {
    const calls = kameleoon()
    await run({ ...order, type: 'screen', event: undefined, name: 'Home' })
    expect(bodiesTo(calls, 'POST /goals')).toMatchObject([{ name: 'SegmentIO screen - Home' }])
    expect(sentEvents(calls)).toMatchObject([{ eventType: 'CONVERSION', goalId: 900 }])
  })

  it.each([undefined, '', '  '])('with the name %j is filtered, since apps send such calls', async (name) => {
    const calls = kameleoon()
    await expect(run({ ...order, type: 'screen', event: undefined, name })).resolves.toMatchObject({
      body: { filtered: 'The screen call has no name, so there is no goal to convert.' }
    })
    expect(calls).toEqual([])
  })

  it('without a name converts a goal that the mapping chooses', async () => {
    const calls = kameleoon()
    await run({ ...order, type: 'screen', event: undefined, name: undefined }, { goalId: '12' })
    expect(sentEvents(calls)).toMatchObject([{ goalId: 12 }])
  })
})

describe('an audience', () => {
  const entered: SourceEvent = {
    ...order,
    event: 'Audience Entered',
    properties: { audience_key: 'first_purchase', first_purchase: true, kameleoonVisitorCode: 'visitor-1' }
  }

  it('that a user enters is a field of stored data, never a goal', async () => {
    const calls = kameleoon({ 'GET /map/maps': { body: { 'COHORTS_visitor-1': { vip: true } } } })
    const data = await run(entered)
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', 'GET /map/maps', WRITE])
    expect(callsTo(calls, WRITE)[0].query).toEqual({ siteCode: 'abc123def4', ttlHours: '2208' })
    expect(bodiesTo(calls, WRITE)).toEqual([
      { 'COHORTS_visitor-1': { vip: true, first_purchase: true }, 'COHORTS_user-1': { first_purchase: true } }
    ])
    expect(data).toMatchObject({
      status: 200,
      sent: { maps: { 'COHORTS_visitor-1': { first_purchase: true }, 'COHORTS_user-1': { first_purchase: true } } }
    })
  })

  it('that a user leaves is removed, and then gone from the stored data', async () => {
    const calls = kameleoon()
    await run({ ...entered, event: 'Audience Exited', userId: undefined })
    expect(bodiesTo(calls, WRITE)).toEqual([
      { 'COHORTS_visitor-1': { first_purchase: null } },
      { 'COHORTS_visitor-1': {} }
    ])
  })

  it('without a name is rejected', async () => {
    kameleoon()
    const error = await errorFrom(() => run({ ...entered, properties: {} }))
    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toMatch(/^properties\.audience_key is missing/)
  })

  it('entered and left in one batch ends in the later state, in any order of arrival', async () => {
    const calls = kameleoon()
    await runBatch(
      [
        { ...entered, event: 'Audience Exited', timestamp: '2026-01-31T12:00:02.000Z', userId: undefined },
        { ...entered, timestamp: '2026-01-31T12:00:01.000Z', userId: undefined }
      ],
      { partnerAction: 'logEvent' }
    )
    expect(bodiesTo(calls, WRITE)).toEqual([
      { 'COHORTS_visitor-1': { first_purchase: null } },
      { 'COHORTS_visitor-1': {} }
    ])
  })
})

describe('the call "Kameleoon identifier" of the classic destination', () => {
  const identifier = { ...order, event: 'Kameleoon identifier', properties: { k_visitorCode: 'visitor-1' } }

  it('links the user and the anonymous id to the visitor and converts nothing', async () => {
    const calls = kameleoon()
    await run(identifier)
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', WRITE])
    expect(callsTo(calls, WRITE)[0].query).toEqual({ siteCode: 'abc123def4', ttlHours: '2208' })
    expect(bodiesTo(calls, WRITE)).toEqual([
      {
        'LINK_user-1': { kameleoonVisitorCode: 'visitor-1' },
        'LINK_anonymous-1': { kameleoonVisitorCode: 'visitor-1' }
      }
    ])
  })

  it('without a visitor code is rejected', async () => {
    kameleoon()
    const error = await errorFrom(() => run({ ...identifier, properties: {} }))
    expect(error.message).toBe(
      'properties.k_visitorCode is missing: "Kameleoon identifier" links a user to a visitor code.'
    )
  })

  it('of a user who is the visitor already is filtered', async () => {
    kameleoon()
    await expect(
      run({ ...identifier, properties: { k_visitorCode: 'user-1' }, anonymousId: undefined })
    ).resolves.toMatchObject({ body: { filtered: 'The id is the visitor code already.' } })
  })

  it('with placeholders alone is filtered, and says which', async () => {
    kameleoon()
    await expect(run({ ...identifier, userId: 'null', anonymousId: 'anon' })).resolves.toMatchObject({
      body: {
        filtered:
          'The event has no user id and no anonymous id to link. Placeholders count as absent: userId is "null", anonymousId is "anon".'
      }
    })
  })
})

describe('an event that cannot be delivered', () => {
  it.each(['type', 'timestamp', 'messageId'])('because it has no %s names that field', async (field) => {
    const calls = kameleoon()
    const error = await errorFrom(() => run(order, { [field]: undefined }))
    expect(error.message).toBe(`The root value is missing the required field '${field}'.`)
    expect(calls).toEqual([])
  })

  it('because of its timestamp has an error about the timestamp', async () => {
    kameleoon()
    const error = await errorFrom(() => run({ ...order, timestamp: 'yesterday' }))
    expect(error.message).toMatch(/Timestamp must be a valid date and time string/)
  })

  it.each([
    ['no visitor', { userId: undefined, properties: {} }, /^kameleoonVisitorCode is missing\. Put Kameleoon's/],
    ['no name', { event: undefined }, /^event is missing. Send a name, or choose a Goal in the mapping.$/]
  ])('because it has %s is a payload error', async (_case, changed, message) => {
    kameleoon()
    const error = await errorFrom(() => run({ ...order, ...changed }))
    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toMatch(message)
  })

  it('now may be delivered later: the error is retryable and says when', async () => {
    kameleoon({ ...goals('Order Completed'), [EVENTS]: { status: 429, headers: { 'retry-after': '30' } } })
    const error = await errorFrom(() => run(order))
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({ status: 429, retryAfterSeconds: 30 })
  })
})
