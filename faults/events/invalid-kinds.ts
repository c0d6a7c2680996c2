import type { SegmentEvent } from '@segment/actions-core'
import type { SubscriptionName } from '../host'
import { textOf } from './source-event'
import type { Make } from './visit-kinds'

interface Invalid {
  subscription: SubscriptionName
  fields: Partial<SegmentEvent>
  /** What the rejection must say. */
  reason: RegExp
}

const order = { event: 'Order Completed' }

/** One of each: what is wrong with an event, and the words that name it. */
const INVALID: Record<string, (visitor: string) => Invalid> = {
  'no visitor': () => ({
    subscription: 'track',
    fields: { ...order, properties: { revenue: 5 } },
    reason: /^kameleoonVisitorCode .*missing/
  }),
  'visitor code too long': (visitor) => ({
    subscription: 'screen',
    fields: { name: 'Checkout', properties: { kameleoonVisitorCode: visitor.padEnd(101, 'x') } },
    reason: /^kameleoonVisitorCode has 101 characters; /
  }),
  'visitor code of two lines': (visitor) => ({
    subscription: 'page',
    fields: { name: 'Pricing', properties: { kameleoonVisitorCode: `${visitor}\nx` } },
    reason: /^kameleoonVisitorCode is a string with a line break/
  }),
  'not a date': (visitor) => ({
    subscription: 'track',
    fields: { ...order, timestamp: 'never', properties: { kameleoonVisitorCode: visitor } },
    reason: /timestamp/i
  }),
  'amount in words': (visitor) => ({
    subscription: 'track',
    fields: { ...order, properties: { kameleoonVisitorCode: visitor, revenue: 'ten' } },
    reason: /revenue/i
  }),
  'half a character': (visitor) => ({
    subscription: 'identify',
    fields: { traits: { kameleoonVisitorCode: visitor, name: 'a\ud83d' } },
    reason: /^traits\.name has a string with half a Unicode character/
  }),
  'key too long': (visitor) => ({
    subscription: 'identify',
    fields: { userId: 'u'.repeat(95), traits: { kameleoonVisitorCode: visitor, plan: 'gold' } },
    reason: /^userId has 95 characters; stored as IDENTIFY_… it can have 91 at most\.$/
  }),
  'no group': (visitor) => ({
    subscription: 'group',
    fields: { traits: { kameleoonVisitorCode: visitor } },
    reason: /group\s?id/i
  }),
  'no audience': (visitor) => ({
    subscription: 'track',
    fields: { event: 'Audience Entered', properties: { kameleoonVisitorCode: visitor } },
    reason: /^properties\.audience_key .*missing/
  }),
  'link to nobody': () => ({
    subscription: 'track',
    fields: { event: 'Kameleoon identifier', anonymousId: 'browser-without-code' },
    reason: /^kameleoonVisitorCode .*missing/
  }),
  'a placeholder': () => ({
    subscription: 'track',
    fields: { ...order, userId: ' Undefined ', properties: { kameleoonVisitorCode: 'null' } },
    reason: /^kameleoonVisitorCode .*[Pp]laceholder/
  }),
  'user without a link': () => ({
    subscription: 'linkedTrack',
    fields: { ...order, anonymousId: 'browser-without-code' },
    reason: /^kameleoonVisitorCode .*missing/
  })
}

const TYPES: Record<SubscriptionName, SegmentEvent['type']> = {
  track: 'track',
  screen: 'screen',
  page: 'page',
  identify: 'identify',
  group: 'group',
  linkedTrack: 'track',
  crossDeviceTrack: 'track',
  crossDeviceIdentify: 'identify',
  identifyWithCustomData: 'identify'
}

/** An invalid event of any kind. */
export const invalid: Make = (index, visitor, random) => {
  const kinds = Object.values(INVALID)
  const { subscription, fields, reason } = kinds[Math.floor(random() * kinds.length)](visitor)
  return {
    subscription,
    text: textOf(`invalid-${index}`, { type: TYPES[subscription], ...fields }),
    expected: { kind: 'rejected', reason }
  }
}
