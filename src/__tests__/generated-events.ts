import type { SegmentEvent } from '@segment/actions-core'
import fc from 'fast-check'

/** Half a Unicode character, keys that JavaScript treats in a special way, and other things that events of strangers hold. */
const ODD_TEXTS = [
  '\ud83d',
  'a\udc00b',
  ' ',
  'null',
  '__proto__',
  'constructor',
  '-0',
  '1e400',
  'NaN',
  '\u0000',
  'İ',
  '夏'.repeat(400)
]
const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_TEXTS) }
)

/** Text that UTF-8 can carry, for the places of a context. */
const wholeText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })

/** Made anew each time: JSON.parse keeps `__proto__` as a key, as it does with an event off the wire. */
const withPrototype = fc
  .constantFrom('{"__proto__":{"a":1}}', '{"__proto__":null}', '{"a":{"__proto__":[]}}')
  .map((json): unknown => JSON.parse(json))

const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 4, arbitrary: fc.double() },
  { weight: 2, arbitrary: fc.integer() },
  { weight: 4, arbitrary: fc.json({ maxDepth: 4, stringUnit: 'binary' }).map((json): unknown => JSON.parse(json)) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, -0, NaN, Infinity, undefined, '') },
  { weight: 1, arbitrary: fc.array(text, { maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.nat(150).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth) || '0') as unknown)
  },
  { weight: 1, arbitrary: withPrototype }
)

const visitorCode = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('visitor1', 'visitor2', 'visitor3', ' visitor4 ', 'č夏🏝') },
  { weight: 1, arbitrary: fc.constantFrom(undefined, null, 'x'.repeat(95), 'x'.repeat(101), 'a\nb') },
  { weight: 1, arbitrary: value }
)

const id = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(undefined, 'user1', 'user2', 'visitor1') },
  { weight: 1, arbitrary: fc.constantFrom(null, '', ' ', 'x'.repeat(95), 7) },
  { weight: 1, arbitrary: text }
)

/** From a time before Segment existed to one that is yet to come: both count as now. */
const dates = fc.date({ min: new Date('2008-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })

const timestamp = fc.oneof(
  { weight: 12, arbitrary: dates.map((date) => date.toISOString()) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      undefined,
      null,
      '',
      'never',
      0,
      1e30,
      '2026-12-31T23:59:60Z',
      '0001-01-01T00:00:00+14:00'
    )
  }
)

const data = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record(
      {
        kameleoonVisitorCode: visitorCode,
        k_visitorCode: visitorCode,
        plan: value,
        revenue: value,
        total: fc.double(),
        url: fc.webUrl({ withFragments: true, withQueryParameters: true }),
        title: text,
        audience_key: fc.oneof(wholeText, fc.constantFrom('vip', '__proto__', 7, null)),
        vip: fc.oneof(fc.boolean(), value),
        more: value
      },
      { requiredKeys: ['kameleoonVisitorCode'], noNullPrototype: true }
    )
  },
  { weight: 1, arbitrary: fc.dictionary(text, value, { maxKeys: 5, noNullPrototype: true }) },
  { weight: 1, arbitrary: fc.oneof(value, withPrototype) }
)

/** Never null, and its personas neither: the framework itself fails over those, for a whole batch. */
const context = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record(
      {
        userAgent: fc.oneof(wholeText, fc.constantFrom(null, 5, '')),
        traits: fc.oneof(fc.record({ k_visitorCode: visitorCode }), value),
        personas: fc.record({
          computation_class: fc.constantFrom('audience', 'journey_step', 'trait', 5, null),
          computation_key: fc.constantFrom('vip', 'plan', 7)
        }),
        page: fc.oneof(fc.record({ url: fc.webUrl(), title: text }), value),
        locale: wholeText,
        timezone: wholeText,
        device: fc.record({ type: fc.constantFrom('ios', 'tablet', 'Desktop', 'fridge', 3) }),
        screen: fc.record({ width: fc.double({ max: 1e6 }), height: fc.nat() }),
        location: fc.record({ city: wholeText, latitude: fc.double(), longitude: fc.integer() })
      },
      { requiredKeys: [], noNullPrototype: true }
    )
  },
  { weight: 1, arbitrary: value.filter((any) => any !== null) }
)

const EVENT_NAMES = [
  'Order Completed',
  'Order Refunded',
  'Audience Entered',
  'Audience Exited',
  'Journeys Step Entered',
  'Kameleoon identifier',
  'Experiment Viewed',
  'Product Added'
]
const name = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom<unknown>(...EVENT_NAMES, 'Pricing', 'New goal', '', ' ', undefined, null, 5)
  },
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom<unknown>({}, [], ['a', 'b']) }
)

/** Segment calls of every type, of which many fields are missing or malformed. Each call is one of a kind. */
export const segmentEvents: fc.Arbitrary<SegmentEvent[]> = fc
  .array(
    fc.record(
      {
        type: fc.constantFrom('track', 'page', 'screen', 'identify', 'group'),
        event: name,
        name,
        properties: data,
        traits: data,
        groupId: fc.oneof(
          { weight: 6, arbitrary: fc.constantFrom<unknown>('acme', 'umbrella') },
          { weight: 1, arbitrary: value }
        ),
        userId: id,
        anonymousId: id,
        context,
        timestamp,
        messageId: fc.constantFrom('given', 'given', 'given', 'given', 'given', 'missing')
      },
      { requiredKeys: ['type', 'event', 'name', 'properties', 'traits', 'groupId', 'timestamp', 'messageId'] }
    ),
    { minLength: 50, maxLength: 50 }
  )
  .map((calls) =>
    calls.map(({ messageId, ...call }, index) => {
      // Empty text without a message id has tests of its own.
      const event = {
        ...call,
        ...(messageId === 'given' || JSON.stringify(call).includes('""') ? { messageId: `message-${index}` } : {})
      }
      // Events come from anyone: they need not be what their type says.
      return event as unknown as SegmentEvent
    })
  )
