import type { Make } from './make'

const order = { type: 'track', event: 'Order Completed' } as const

/** One of each: what is wrong with an event. */
export const INVALID: readonly Make[] = [
  // An event of nobody.
  () => ({ ...order, properties: { revenue: 5 } }),
  (_index, { userId }) => ({ ...order, userId, properties: { kameleoonVisitorCode: 'x'.repeat(101) } }),
  (_index, { userId }) => ({ ...order, userId, properties: { kameleoonVisitorCode: 'two\nlines \u0000 \ud83d' } }),
  (_index, { userId }) => ({ ...order, userId, timestamp: 'never' }),
  (_index, { userId }) => ({ ...order, userId, properties: { revenue: 'ten \u0000|ten' } }),
  (_index, { userId }) => ({ type: 'identify', userId, traits: { name: 'half a character \ud83d' } }),
  (_index, { userId }) => ({ type: 'identify', userId, traits: { 'a \u0000 name': '\ud83d' } }),
  () => ({ type: 'identify', userId: 'u'.repeat(95), traits: { plan: 'gold' } }),
  (_index, { userId }) => ({ type: 'group', userId, traits: { size: 1 } }),
  (_index, { userId }) => ({ type: 'track', event: 'Audience Entered', userId }),
  () => ({ ...order, userId: ' Undefined ', properties: { kameleoonVisitorCode: 'null' } }),
  // No event at all.
  (index) => `{"messageId": "m${index}", "type": "tr`
]
