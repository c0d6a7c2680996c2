import type { JSONObject } from '@segment/actions-core'
import { track } from './events'
import { FORMS, startKameleoon } from './kameleoon'

const send = (visitEventType: string, visitEventParameters: JSONObject): JSONObject => ({
  visitEventType,
  visitEventParameters
})

describe.each(FORMS)('event parameters of the mapping, $form', ({ deliver }) => {
  it.each([
    ['ACTIVITY', {}],
    ['CONVERSION', { goalId: 310_002, revenue: 5, negative: true, metadata: { 4: ['EUR'] } }],
    ['CUSTOMDATA', { index: 2, valuesCountMap: { a: 1, b: 2 }, overwrite: false }],
    ['EXPERIMENT', { id: 1, variationId: 2 }],
    ['PERSONALIZATION', { id: 1, variationId: 2 }],
    ['TARGETINGSEGMENT', { id: 3 }],
    ['PAGE', { href: 'https://shop.example.com', title: 'Shop', referrersIndices: [1, 2] }],
    ['STATICDATA', { deviceType: 'PHONE', browser: 'Firefox', screenWidth: 390 }],
    ['GEOLOCATION', { country: 'France', latitude: 43.7, longitude: 7.25 }]
  ])('are sent as they are: %s', async (visitEventType, visitEventParameters) => {
    const kameleoon = await startKameleoon()
    const outcome = await deliver(kameleoon, track('Anything'), send(visitEventType, visitEventParameters))
    expect(outcome).toMatchObject({ status: 200 })
    expect(kameleoon.visitEvents()).toEqual([
      {
        ...{ eventType: visitEventType, ...visitEventParameters },
        ...{ nonce: expect.stringMatching(/^[0-9A-F]{16}$/) as string, visitorCode: 'visitor1' }
      }
    ])
    expect(kameleoon.emulator.visitor('visitor1')?.events).toHaveLength(1)
  })

  it.each([
    ['CONVERSION', { goalId: 310_002, revenue: -5 }],
    ['CONVERSION', { goalId: 310_002, metadata: { plan: ['x'] } }],
    ['CONVERSION', { goalId: 310_002, metadata: { 4: 'EUR' } }],
    ['CUSTOMDATA', { index: 2, valuesCountMap: {} }],
    ['CUSTOMDATA', { index: 2, valuesCountMap: { a: 'often' } }],
    ['CUSTOMDATA', { index: 2, valuesCountMap: { ['x'.repeat(1001)]: 1 } }],
    ['PAGE', { href: ' ' }],
    ['PAGE', { href: 'https://shop.example.com', referrersIndices: ['a'] }],
    ['STATICDATA', { deviceType: 'FRIDGE' }]
  ])('that Kameleoon would discard are rejected before they are sent: %s, number %#', async (type, parameters) => {
    const kameleoon = await startKameleoon()
    expect(await deliver(kameleoon, track('Anything'), send(type, parameters))).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(/^visitEventParameters\./) as string
    })
    expect(kameleoon.requests('/visit/events')).toEqual([])
  })

  it('that Kameleoon would cut are cut before they are sent', async () => {
    const kameleoon = await startKameleoon()
    const href = `https://shop.example.com/${'x'.repeat(300)}`
    await deliver(kameleoon, track('Anything'), send('PAGE', { href }))
    expect(kameleoon.visitEvents()).toMatchObject([{ href: href.slice(0, 200) }])
  })
})

describe.each(FORMS)('the parameters of a Data API event, $form', ({ deliver }) => {
  const counts = (valuesCountMap: Record<string, number>) => ({
    visitEventType: 'CUSTOMDATA',
    visitEventParameters: { index: 1, valuesCountMap }
  })

  it.each([0, -1, 1.5])('cannot count a value %d times', async (count) => {
    const kameleoon = await startKameleoon()
    expect(await deliver(kameleoon, track('Order Completed'), counts({ a: count }))).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(
        /^visitEventParameters\.valuesCountMap must be an object of values with their counts, .*but it is an object\.$/
      ) as string
    })
    expect(kameleoon.emulator.requests).toEqual([])
  })

  it('can count a value once', async () => {
    const kameleoon = await startKameleoon()
    expect(await deliver(kameleoon, track('Order Completed'), counts({ a: 1 }))).toMatchObject({ status: 200 })
    expect(kameleoon.emulator.totals.events).toEqual({ CUSTOMDATA: 1 })
  })
})
