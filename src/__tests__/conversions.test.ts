import type { JSONObject } from '@segment/actions-core'
import { screen, track, type Properties } from './events'
import { processMemory } from '../destinations/kameleoon/kameleoon-api/project'
import { FORMS, startKameleoon } from './kameleoon'

describe.each(FORMS)('a conversion, $form', ({ deliver }) => {
  it.each<[string, string, Properties, JSONObject, { revenue: number; negative: boolean }]>([
    ['no revenue', 'Order Completed', {}, {}, { revenue: 0, negative: false }],
    ['properties.revenue', 'Order Completed', { revenue: 12.5 }, {}, { revenue: 12.5, negative: false }],
    ['properties.total without revenue', 'Order Completed', { total: 7 }, {}, { revenue: 7, negative: false }],
    [
      'total beside a blank revenue',
      'Order Completed',
      { revenue: ' ', total: 7 },
      {},
      { revenue: 7, negative: false }
    ],
    ['no total, which is no money of a search', 'Product Added', { total: 7 }, {}, { revenue: 0, negative: false }],
    ['revenue before total', 'Order Completed', { revenue: 5, total: 7 }, {}, { revenue: 5, negative: false }],
    ['revenue that is digits', 'Order Completed', { revenue: '19.99' }, {}, { revenue: 19.99, negative: false }],
    ['revenue with a currency', 'Order Completed', { revenue: '$1,299.00' }, {}, { revenue: 1299, negative: false }],
    ['negative zero, which is zero', 'Order Completed', { revenue: '-0' }, {}, { revenue: 0, negative: false }],
    ['Order Cancelled', 'Order Cancelled ', { total: 80 }, {}, { revenue: 80, negative: true }],
    ['an amount below zero', 'Order Completed', { revenue: -3 }, {}, { revenue: 3, negative: true }],
    ['Order Refunded', 'Order Refunded', { total: 40 }, {}, { revenue: 40, negative: true }],
    ['a mapped refund', 'Order Completed', { revenue: 9 }, { negative: true }, { revenue: 9, negative: true }],
    [
      'Order Refunded, mapped as none',
      'Order Refunded',
      { total: 4 },
      { negative: false },
      { revenue: 4, negative: false }
    ]
  ])('has the amount of %s', async (_of, name, properties, mapping, amount) => {
    const kameleoon = await startKameleoon()
    expect(await deliver(kameleoon, track(name, properties), mapping)).toMatchObject({ status: 200 })
    expect(kameleoon.visitEvents()).toMatchObject([{ eventType: 'CONVERSION', ...amount }])
    expect(kameleoon.emulator.visitor('visitor1')?.conversions).toMatchObject([amount])
  })

  it('carries metadata and sets custom data, values as text', async () => {
    const kameleoon = await startKameleoon()
    const mapping: JSONObject = {
      conversionMetadata: { '4': { '@path': '$.properties.currency' } },
      customData: { '1': 'gold', '2': ['a', 7, true], '3': '', '4': null }
    }
    await deliver(kameleoon, track('Order Completed', { currency: 'EUR' }), mapping)
    const common = { nonce: expect.any(String) as string, visitorCode: 'visitor1' }
    expect(kameleoon.visitEvents()).toEqual([
      { eventType: 'CONVERSION', goalId: 310_001, revenue: 0, negative: false, metadata: { '4': ['EUR'] }, ...common },
      { eventType: 'CUSTOMDATA', index: 1, valuesCountMap: { gold: 1 }, overwrite: true, ...common },
      // The second is a list, which is added to, and an empty value clears the third.
      { eventType: 'CUSTOMDATA', index: 2, valuesCountMap: { a: 1, '7': 1, true: 1 }, overwrite: false, ...common },
      { eventType: 'CUSTOMDATA', index: 3, valuesCountMap: {}, overwrite: true, ...common }
    ])
    const nonces = kameleoon.visitEvents().map(({ nonce }) => nonce)
    expect(new Set(nonces).size).toBe(4)
  })

  it('is sent without values that are too long or local only, which the outcome says', async () => {
    const kameleoon = await startKameleoon({
      customData: [
        { index: 1, name: 'Plan' },
        { index: 2, name: 'Audiences', type: 'LIST' },
        { index: 3, name: 'Basket', isLocalOnly: true }
      ]
    })
    const long = 'x'.repeat(1001)
    const mapping: JSONObject = {
      conversionMetadata: { '1': long, '3': 'full' },
      customData: { '2': ['a', long, 'b'], '3': 'full' }
    }
    const outcome = await deliver(kameleoon, track('Order Completed'), mapping)
    expect(outcome).toMatchObject({
      status: 200,
      body: {
        notes: [
          'conversionMetadata.1 has a value of 1001 characters, which was left out; Kameleoon takes 1000 at most.',
          'Custom data 3 ("Basket") is local only in Kameleoon, so it was left out.',
          'customData.2 has a value of 1001 characters, which was left out; Kameleoon takes 1000 at most.'
        ]
      }
    })
    const common = { nonce: expect.any(String) as string, visitorCode: 'visitor1' }
    expect(kameleoon.visitEvents()).toEqual([
      { eventType: 'CONVERSION', goalId: 310_001, revenue: 0, negative: false, ...common },
      { eventType: 'CUSTOMDATA', index: 2, valuesCountMap: { a: 1, b: 1 }, overwrite: false, ...common }
    ])
  })

  it('replaces lists where the mapping says so, and everything where the types cannot be read', async () => {
    const kameleoon = await startKameleoon()
    const overwrites = () => kameleoon.visitEvents().map(({ overwrite }) => overwrite)
    const mapping: JSONObject = { goalMatching: 'none', customData: { '1': 'gold', '2': 'a', '5': 'b' } }
    kameleoon.emulator.faults.add({ path: '/custom-datas', status: 503, times: 1 })
    await deliver(kameleoon, track('One'), mapping)
    expect(overwrites()).toEqual([true, true, true])
    kameleoon.reset()
    processMemory.projects.clear()
    await deliver(kameleoon, track('Two'), mapping)
    expect(overwrites()).toEqual([true, false, false])
    await deliver(kameleoon, track('Three', {}, { messageId: 'three' }), { ...mapping, customDataLists: 'replace' })
    expect(overwrites().slice(3)).toEqual([true, true, true])
    expect(kameleoon.requests('/custom-datas', 'GET')).toHaveLength(1)
  })

  it('has the device data of the context, if the mapping asks for it', async () => {
    const kameleoon = await startKameleoon()
    const context = {
      device: { type: 'ios', model: 'iPhone17,1' },
      os: { name: 'iOS' },
      screen: { width: 390, height: 844 },
      timezone: 'Europe/Paris',
      locale: 'fr-FR',
      location: { country: 'France', city: 'Nice', latitude: 43.7, longitude: 7.25 }
    }
    await deliver(kameleoon, screen('Basket', {}, { context }), { sendDeviceData: true })
    expect(kameleoon.emulator.visitor('visitor1')).toMatchObject({
      staticData: {
        deviceType: 'PHONE',
        os: 'IOS',
        screenWidth: 390,
        screenHeight: 844,
        timeZoneId: 'Europe/Paris',
        localeLanguageTag: 'fr-FR'
      },
      geolocation: { country: 'France', city: 'Nice', latitude: 43.7, longitude: 7.25 }
    })
    expect(kameleoon.emulator.totals.events).toEqual({ CONVERSION: 1, STATICDATA: 1, GEOLOCATION: 1 })
  })

  it('leaves device data out that Kameleoon would discard', async () => {
    const kameleoon = await startKameleoon()
    const context = { screen: { width: 1e300, height: 844 }, location: { latitude: 900, longitude: 'east' } }
    await deliver(kameleoon, screen('Basket', {}, { context }), { sendDeviceData: true })
    expect(kameleoon.emulator.visitor('visitor1')).toMatchObject({ staticData: { screenHeight: 844 }, geolocation: {} })
  })

  it('is replaced by the event type that the mapping asks for', async () => {
    const kameleoon = await startKameleoon()
    const mapping = {
      visitEventType: 'EXPERIMENT',
      visitEventParameters: { id: '77', variationId: { '@path': '$.properties.variation' } }
    }
    expect(await deliver(kameleoon, track('Test Seen', { variation: 3 }), mapping)).toMatchObject({ status: 200 })
    expect(kameleoon.visitEvents()).toEqual([
      { eventType: 'EXPERIMENT', id: 77, variationId: 3, nonce: expect.any(String) as string, visitorCode: 'visitor1' }
    ])
  })

  it('has the same nonce whenever the same message comes, so that a retry is recognised', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.expectedDuplicates = 1
    await deliver(kameleoon, track('Order Completed', { revenue: 5 }))
    await deliver(kameleoon, track('Order Completed', { revenue: 5 }))
    await deliver(kameleoon, track('Order Completed', { revenue: 5 }, { messageId: 'another' }))
    const [first, second, third] = kameleoon.visitEvents().map(({ nonce }) => nonce)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
    expect(kameleoon.emulator.visitor('visitor1')?.conversions).toHaveLength(2)
  })

  it('is filtered if the event is older than the mapping allows', async () => {
    const kameleoon = await startKameleoon()
    const old = track('Order Completed', {}, { timestamp: '2020-01-01T00:00:00.000Z' })
    const fresh = track('Order Completed', {}, { timestamp: new Date().toISOString() })
    expect(await deliver(kameleoon, old, { maxEventAgeHours: 48 })).toEqual({
      status: 200,
      sent: {},
      body: { filtered: 'The event is older than 48 hours, the limit set in the mapping.' }
    })
    expect(await deliver(kameleoon, fresh, { maxEventAgeHours: 48 })).toMatchObject({ status: 200 })
    expect(kameleoon.visitEvents()).toHaveLength(1)
  })
})
