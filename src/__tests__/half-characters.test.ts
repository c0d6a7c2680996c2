import type { JSONObject } from '@segment/actions-core'
import { page, track } from './events'
import { FORMS } from './forms'
import { startKameleoon } from './kameleoon'
import { hasHalfCharacter } from './half-characters'

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
