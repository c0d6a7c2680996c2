import { readFileSync } from 'fs'
import path from 'path'
import type { SegmentEvent } from '@segment/actions-core'
import { group, identify, page, screen, track } from '../events'

/** Captured from the genuine @segment/analytics-node. */
export const EXAMPLES = readFileSync(path.join(__dirname, '../../../examples/events.ndjson'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as SegmentEvent)

const NO_CODE = { kameleoonVisitorCode: undefined }
const BROWSER = {
  ip: '203.0.113.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/139.0',
  locale: 'fr-FR',
  timezone: 'Europe/Paris',
  page: { url: 'https://shop.example.com/', path: '/', title: 'Shop', referrer: 'https://search.example.com/' },
  campaign: { name: 'spring', source: 'newsletter', medium: 'email', term: '', content: '' },
  screen: { width: 1920, height: 1080 },
  os: { name: 'Linux', version: '6.1' },
  device: { type: 'desktop' },
  location: { country: 'France', city: 'Paris', latitude: 48.85 },
  network: { wifi: true },
  app: { name: 'Shop', version: '1.2' },
  referrer: { urid: 'r1' },
  library: { name: 'analytics.js', version: '2.11.1' }
}

/** Events beside the examples: what browsers, Engage and careless callers send. */
export const EDGE_CASES: Record<string, SegmentEvent> = {
  'a track call with a whole browser context': track('Signed Up', { plan: 'team' }, { context: BROWSER, userId: 'u1' }),
  'a page call with a whole browser context': page('Home', { url: 'https://shop.example.com/' }, { context: BROWSER }),
  'a page call with an address in its context only': page(undefined, {}, { context: BROWSER }),
  'a page call with an address longer than 200 characters': page('Home', {
    url: `https://shop.example.com/?q=${'x'.repeat(300)}`
  }),
  'a page call without address and name': page(undefined),
  'a page call without messageId': page('Home', {}, { messageId: undefined }),
  'a track call without messageId': track('Signed Up', {}, { messageId: undefined }),
  'an identify call without messageId': identify({ plan: 'gold' }, { messageId: undefined }),
  'a group call without messageId': group('acme', {}, { messageId: undefined }),
  'a track call without timestamp': track('Signed Up', {}, { timestamp: undefined }),
  'a track call with an invalid time': track('Signed Up', {}, { timestamp: 'yesterday' }),
  'a track call without a name': track('Signed Up', {}, { event: undefined }),
  'a group call without groupId': group('acme', {}, { groupId: undefined }),
  'a track call of nobody': track('Signed Up', NO_CODE, { anonymousId: undefined }),
  'a track call of an anonymous id': track('Signed Up', NO_CODE),
  'a track call of a user id': track('Signed Up', NO_CODE, { userId: 'user-1' }),
  'a group call of an anonymous id': group('acme', NO_CODE),
  'a track call with the classic name of the code': track('Signed Up', { ...NO_CODE, k_visitorCode: 'classic1' }),
  'an identify call with the code in its context traits': identify(
    { ...NO_CODE, plan: 'gold' },
    { context: { traits: { kameleoonVisitorCode: 'inside1' } } }
  ),
  'a track call with the code in its context traits': track('Signed Up', NO_CODE, {
    context: { traits: { kameleoonVisitorCode: 'inside1', plan: 'gold' } }
  }),
  'a visitor code that is a number': track('Signed Up', { kameleoonVisitorCode: 4711 }),
  'a visitor code with spaces around it': identify({ kameleoonVisitorCode: 'code-1', plan: 'gold' }),
  'a visitor code of 101 characters': track('Signed Up', { kameleoonVisitorCode: 'x'.repeat(101) }),
  'an identify call with a code, a user id and an anonymous id': identify({ plan: 'gold' }, { userId: 'user-1' }),
  'an identify call with nested traits and lists': identify({
    address: { city: 'Paris', geo: { lat: 48.85 } },
    tags: ['a', 'b'],
    vip: false,
    score: 0
  }),
  'an identify call without traits': identify(NO_CODE, { userId: 'user-1' }),
  'an identify call with a trait name of 1,025 characters': identify({ ['n'.repeat(1025)]: 1 }),
  'a group call with traits': group(
    'acme',
    { name: 'Acme', seats: 12, address: { country: 'FR' } },
    { userId: 'user-1' }
  ),
  'a refund': track('Order Refunded', { revenue: 12 }),
  'an amount below zero': track('Order Corrected', { revenue: -12 }),
  'an amount under total': track('Order Completed', {
    total: 25.5,
    currency: 'EUR',
    products: [{ sku: 'a', price: 25.5 }]
  }),
  'an amount of zero': track('Order Completed', { revenue: 0 }),
  'an audience event with a browser context': track(
    'Audience Entered',
    { audience_key: 'vips', vips: true },
    { context: BROWSER }
  ),
  'an audience event without its audience': track('Audience Entered', {}),
  'a personalization of Kameleoon itself': track('Personalization Viewed', { personalizationID: 1 }),
  'an identifier call without a code': track('Kameleoon identifier', NO_CODE, { userId: 'user-1' }),
  'a screen call': screen('Basket', { items: 2 }),
  'an event name in Japanese': track('購入完了', { revenue: 4980 })
}
