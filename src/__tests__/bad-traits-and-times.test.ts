import type { SegmentEvent } from '@segment/actions-core'
import { group, identify, page, track } from './events'
import { FORMS, startKameleoon } from './kameleoon'
import { expectRejectedAlone, expectRejectedInBatch, type BadInput } from './rejections'

/** As it comes off the wire: JSON.parse makes `__proto__` a key like any other, an object literal does not. */
function parsed(json: string): unknown {
  return JSON.parse(json)
}

function nested(levels: number, wrap: (inner: unknown) => unknown): unknown {
  return levels === 0 ? 'x' : wrap(nested(levels - 1, wrap))
}

const withPrototype = {
  ...identify(),
  traits: parsed('{"kameleoonVisitorCode":"visitor1","__proto__":{"a":1}}')
} as SegmentEvent
const HALF = 'half a Unicode character (a lone surrogate).'
const DEEP = 'is nested deeper than 100 levels, or contains itself.'
const PROTOTYPE = 'is an object with the key __proto__, which is never stored. Remove that key.'

const TRAITS: BadInput[] = [
  { what: 'traits with __proto__', event: withPrototype, message: `traits ${PROTOTYPE}` },
  {
    what: 'a trait with __proto__',
    event: identify({ address: parsed('{"__proto__":{"admin":true}}') }),
    message: `traits.address ${PROTOTYPE}`
  },
  {
    what: 'a group trait with __proto__ in a list',
    event: group('acme', { list: [parsed('{"__proto__":[]}')] }),
    message: `traits.list[0] ${PROTOTYPE}`
  },
  {
    what: '200 levels of objects',
    event: identify({ a: nested(200, (b) => ({ b })) }),
    message: `traits.a${'.b'.repeat(36)}… ${DEEP}`
  },
  {
    what: '200 levels of lists',
    event: group('acme', { a: nested(200, (b) => [b]) }),
    message: `traits.a${'[0]'.repeat(24)}… ${DEEP}`
  },
  {
    what: 'a lone surrogate',
    event: identify({ city: 'Ni\ud83dce' }),
    message: `traits.city has a string with ${HALF}`
  },
  {
    what: 'a lone surrogate deep inside',
    event: group('acme', { a: { b: ['ok', '\udf3a'] } }),
    message: `traits.a.b[1] has a string with ${HALF}`
  },
  {
    what: 'a lone surrogate in a key',
    event: identify({ 'ci\ud83d': 1 }),
    message: `traits has a string with ${HALF}`
  },
  { what: 'a lone surrogate in an event name', event: track('Bu\ud83dy'), message: `event is a string with ${HALF}` },
  { what: 'a lone surrogate in a page name', event: page('\udc00'), message: `name is a string with ${HALF}` },
  {
    what: 'a 2 MB trait',
    event: identify({ bio: 'x'.repeat(2_000_000) }),
    message:
      'traits need 2000032 bytes together with what is stored under IDENTIFY_ (the largest is bio); at most 1000000 bytes of stored data fit into one request to Kameleoon.'
  },
  {
    what: 'a field name of 1025 characters',
    event: identify({ ['n'.repeat(1025)]: 1 }),
    message: `traits.${'n'.repeat(73)}… is a name of 1025 characters; Kameleoon takes 1024 at most.`
  },
  {
    what: 'an audience key of 1025 characters',
    event: track('Audience Entered', { audience_key: 'n'.repeat(1025) }),
    message: 'properties.audience_key is a name of 1025 characters; Kameleoon takes 1024 at most.'
  },
  {
    what: 'traits that are text',
    event: { ...identify(), traits: 'gold' as never },
    message: 'Traits must be an object but it was a string.'
  },
  {
    what: 'a group without an id',
    event: group(undefined as never),
    message: "The root value is missing the required field 'groupId'."
  },
  { what: 'a blank group id', event: group('  '), message: 'groupId is missing or blank.' },
  {
    what: 'a track call without a name',
    event: track(undefined as never),
    message: 'event is missing. Send a name, or choose a Goal in the mapping.'
  }
]

const at = (timestamp: unknown) => track('Order Completed', {}, { timestamp: timestamp as string })
const NO_TIME = 'Timestamp must be a valid date and time string but it was not.'

const TIMES: BadInput[] = [
  { what: 'no timestamp', event: at(undefined), message: "The root value is missing the required field 'timestamp'." },
  ...['never', '2026-13-45T00:00:00Z', '2026-01-31', '31/01/2026 12:00', 1e30].map((timestamp) => ({
    what: `timestamp ${timestamp}`,
    event: at(timestamp),
    message: NO_TIME
  })),
  { what: 'a timestamp that is an object', event: at({}), message: 'Timestamp must be a string but it was an object.' },
  ...[
    ...[0, -1].map((ttl) => ({ ttl, limit: 'greater than 1' })),
    ...[8785, 1e9].map((ttl) => ({ ttl, limit: 'less than 8784' }))
  ].map(({ ttl, limit }) => ({
    what: `ttlHours of ${ttl}`,
    event: identify({ ttl }),
    mapping: { ttlHours: { '@path': '$.traits.ttl' } },
    message: `Time to Live (Hours) must be equal to or ${limit}.`
  })),
  {
    what: 'ttlHours of 1.5',
    event: group('acme', { ttl: 1.5 }),
    mapping: { ttlHours: { '@path': '$.traits.ttl' } },
    message: 'ttlHours must be a whole number from 1 to 8784, but it is the number 1.5.'
  }
]

describe.each([...TRAITS, ...TIMES])('$what', (input) => {
  it('rejects that event of a batch, with field and kind named, and delivers its neighbours', () =>
    expectRejectedInBatch(input))

  it('rejects that event alone, with the same words', () => expectRejectedAlone(input))
})

describe.each(FORMS)('what only looks bad, $form', ({ deliver }) => {
  it.each<[string, Record<string, unknown>]>([
    ['cyclic look-alikes', { self: '[Circular]', $ref: '#', ref: { $ref: '$' }, list: ['[Circular ~]'] }],
    [
      'names of object methods',
      { constructor: { prototype: { a: 1 } }, toString: 'x', hasOwnProperty: 1, prototype: 2 }
    ],
    ['whole surrogate pairs', { city: '🏝'.repeat(50), '🏝': '\u0000\u007f\u2028' }],
    ['90 levels of nesting', { a: nested(90, (b) => ({ b })) }],
    ['a trait of 900 KB', { bio: 'x'.repeat(900_000) }]
  ])('is stored unchanged: %s', async (_what, traits) => {
    const kameleoon = await startKameleoon()
    expect(await deliver(kameleoon, identify(traits))).toMatchObject({ status: 200 })
    expect(kameleoon.stored('IDENTIFY_visitor1')).toEqual(traits)
  })

  it('is stored twice if it is one object in two places', async () => {
    const kameleoon = await startKameleoon()
    const shared = { a: 1 }
    await deliver(kameleoon, identify({ one: shared, other: shared }))
    expect(kameleoon.stored('IDENTIFY_visitor1')).toEqual({ one: { a: 1 }, other: { a: 1 } })
  })
})
