import { group, identify, page, track } from './events'
import { FORMS, hasHalfCharacter, startKameleoon } from './kameleoon'
import type { JSONObject } from '@segment/actions-core'

describe.each(FORMS)('an unusual event, $form', ({ deliver }) => {
  // Leap seconds of other time zones are rejected by the framework itself.
  it.each(['2016-12-31T23:59:60Z', '2016-12-31T23:59:60.500Z', '2016-12-31T23:59:60+00:00'])(
    'is delivered: a leap second, %s',
    async (timestamp) => {
      const kameleoon = await startKameleoon()
      expect(await deliver(kameleoon, track('Order Completed', {}, { timestamp }))).toMatchObject({ status: 200 })
      expect(await deliver(kameleoon, identify({ plan: 'gold' }, { timestamp }))).toMatchObject({ status: 200 })
      expect(kameleoon.emulator.totals.events).toEqual({ CONVERSION: 1 })
      expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { plan: 'gold' } })
    }
  )

  it('is filtered as too old: a leap second, with a maximum age', async () => {
    const kameleoon = await startKameleoon()
    const event = track('Order Completed', {}, { timestamp: '2016-12-31T23:59:60Z' })
    expect(await deliver(kameleoon, event, { maxEventAgeHours: 24 })).toMatchObject({
      status: 200,
      body: { filtered: 'The event is older than 24 hours, the limit set in the mapping.' }
    })
  })

  it.each([
    ['a trait', identify({ ['k'.repeat(500_000)]: 1 })],
    ['a trait of a trait', identify({ a: { ['k'.repeat(500_000)]: { b: '\ud83d' } } })],
    ['a group trait', group('acme', { ['k'.repeat(500_000)]: '\ud83d' })]
  ])('is rejected with a short message: %s whose name has 500,000 characters', async (_what, event) => {
    const kameleoon = await startKameleoon()
    const { status, errormessage = '' } = await deliver(kameleoon, event)
    expect(status).toBe(400)
    expect(errormessage).toMatch(/^traits\.\S+… \w/)
    expect(errormessage.length).toBeLessThan(200)
    expect(kameleoon.allStored()).toEqual({})
  })

  it('is sent: custom data on an identifier call', async () => {
    const kameleoon = await startKameleoon()
    const event = track('Kameleoon identifier', { k_visitorCode: 'visitor1' }, { userId: 'user1' })
    expect(await deliver(kameleoon, event, { customData: { '1': 'gold' } })).toMatchObject({
      status: 200,
      sent: {
        visitEvents: [{ eventType: 'CUSTOMDATA', index: 1, valuesCountMap: { gold: 1 } }],
        maps: { LINK_user1: { kameleoonVisitorCode: 'visitor1' } }
      }
    })
    expect(kameleoon.emulator.totals.events).toEqual({ CUSTOMDATA: 1 })
    expect(kameleoon.stored('LINK_user1')).toEqual({ kameleoonVisitorCode: 'visitor1' })
  })

  it.each([
    ['Experiment Viewed', 'EXPERIMENT'],
    ['Personalization Viewed', 'PERSONALIZATION']
  ])('is sent: %s, if the mapping sets a visit event for it', async (name, visitEventType) => {
    const kameleoon = await startKameleoon()
    const mapping = {
      visitEventType,
      visitEventParameters: {
        id: { '@path': '$.properties.experimentId' },
        variationId: { '@path': '$.properties.variationId' }
      }
    }
    const event = track(name, { experimentId: 12, variationId: 34 })
    const sent = { visitEvents: [{ eventType: visitEventType, id: 12, variationId: 34, visitorCode: 'visitor1' }] }
    expect(await deliver(kameleoon, event, mapping)).toMatchObject({ status: 200, sent })
    expect(kameleoon.emulator.totals.events).toEqual({ [visitEventType]: 1 })
  })
})

// The framework removes top-level empty strings from single events only. The actions must treat both forms alike.

it.each([
  ['messageId', track('Order Completed', {}, { messageId: '' })],
  ['event', track('')],
  ['timestamp', track('Order Completed', {}, { timestamp: '' })]
])('an empty %s is rejected alone and in a batch', async (_field, event) => {
  const kameleoon = await startKameleoon()
  expect(await kameleoon.single(event)).toMatchObject({ status: 400 })
  expect(await kameleoon.batch([event])).toMatchObject([{ status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED' }])
  expect(kameleoon.visitEvents()).toEqual([])
})

it('an empty page name, user id, anonymous id and message id count as absent, alone and in a batch', async () => {
  const kameleoon = await startKameleoon()
  kameleoon.expectedDuplicates = 1
  const event = page('', { url: 'https://shop.example.com' }, { messageId: '', userId: '', anonymousId: '' })
  expect(await kameleoon.single(event)).toMatchObject({ status: 200 })
  expect(await kameleoon.batch([event])).toMatchObject([{ status: 200 }])
  const [first, second] = kameleoon.visitEvents()
  expect(first).toMatchObject({ eventType: 'PAGE', href: 'https://shop.example.com' })
  expect(second).toEqual(first)
})

const HALF = 'a\ud83d'
const mapped = { '@path': '$.properties.value' }

describe.each(FORMS)('half a Unicode character, $form', ({ deliver }) => {
  it.each<[string, ReturnType<typeof track>, JSONObject]>([
    ['the user agent', track('Order Completed', {}, { context: { userAgent: HALF } }), {}],
    ['device data', track('Order Completed', {}, { context: { os: { name: HALF } } }), { sendDeviceData: true }],
    ['a place', track('Order Completed', {}, { context: { location: { city: HALF } } }), { sendDeviceData: true }],
    ['an address', page('Pricing', { url: `https://shop.example.com/${HALF}` }), {}],
    ['a title', page('Pricing', { url: 'https://shop.example.com', title: HALF }), {}],
    ['an audience key', track('Audience Entered', { audience_key: HALF }), {}],
    [
      'event parameters',
      track('Order Completed', { value: HALF }),
      { visitEventType: 'PAGE', visitEventParameters: { href: 'https://shop.example.com', title: mapped } }
    ]
  ])('in %s never reaches Kameleoon: it is rejected or filtered', async (_where, event, mapping) => {
    const kameleoon = await startKameleoon()
    const { status } = await deliver(kameleoon, event, mapping)
    expect([200, 400]).toContain(status)
    expect(kameleoon.visitEvents().filter(hasHalfCharacter)).toEqual([])
    expect(Object.entries(kameleoon.emulator.maps()).filter(hasHalfCharacter)).toEqual([])
  })
  it('leaves no empty address behind', async () => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, page('Pricing', { url: '\ud83d' }))
    expect(kameleoon.visitEvents().filter(({ eventType }) => eventType === 'PAGE')).toEqual([])
  })
})
