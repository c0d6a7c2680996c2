import { runBatch } from '../../__tests__/__helpers__/segment'
import { bodiesTo, kameleoon, startFromEmpty } from '../../__tests__/__helpers__/kameleoon'
import { checkedFieldName, storableTraits, storedTraitNames } from '../storable'

/** As an event arrives: from JSON, where `__proto__` is a key like any other. */
const parsed = (json: string) => JSON.parse(json) as Record<string, unknown>

function nested(levels: number): Record<string, unknown> {
  let value: Record<string, unknown> = { leaf: true }
  for (let level = 1; level < levels; level++) value = { child: value }
  return value
}

describe('stored traits of a mapping', () => {
  it.each<[unknown, string[] | undefined]>([
    [undefined, undefined],
    [null, undefined],
    [' ', undefined],
    [[], undefined],
    [['', null], undefined],
    [
      ['plan', ' seats '],
      ['plan', 'seats']
    ],
    ['plan, seats', ['plan', 'seats']]
  ])('%j name %j', (given, names) => {
    expect(storedTraitNames(given)).toEqual(names)
  })

  it.each<[unknown, string]>([
    [{ plan: true }, 'an object'],
    [true, 'a boolean'],
    [['plan', 5], 'a number']
  ])('%j are an error, since they must not mean all traits', (given, kind) => {
    expect(() => storedTraitNames(given)).toThrow(`storedTraits must be a list of names of traits, but it has ${kind}.`)
  })

  it('are stored alone, and nothing of the others can keep them from being stored', () => {
    const traits = { plan: 'pro', email: 'a@b.example', broken: '\ud800', ...parsed('{"__proto__": 1}') }
    expect(storableTraits(traits, ['plan', 'seats'])).toEqual({ plan: 'pro' })
  })

  it('never include the visitor code', () => {
    const traits = { plan: 'pro', kameleoonVisitorCode: 'v' }
    expect(storableTraits(traits, ['kameleoonVisitorCode'])).toEqual({})
  })
})

describe('traits that are stored', () => {
  it('are the traits unchanged, of any kind that JSON has', () => {
    const traits = {
      plan: 'pro',
      seats: 4.5,
      active: true,
      tags: ['a', 1, null],
      address: { city: 'Köln' },
      gone: null
    }
    expect(storableTraits(traits)).toEqual(traits)
  })

  it('are empty for a call without traits', () => {
    expect(storableTraits(undefined)).toEqual({})
  })

  it('do not include the visitor code, which is part of the key', () => {
    expect(storableTraits({ kameleoonVisitorCode: 'v', k_visitorCode: 'v', plan: 'pro' })).toEqual({ plan: 'pro' })
  })

  it('are a copy: the event itself is not changed', () => {
    const traits = { kameleoonVisitorCode: 'v', plan: 'pro' }
    storableTraits(traits)
    expect(traits).toEqual({ kameleoonVisitorCode: 'v', plan: 'pro' })
  })

  it.each([
    ['a reference that JSON does not know', { $ref: '#' }],
    ['a word for a cycle', { self: '[Circular]' }],
    ['a template', { name: '{{ traits.name }}' }],
    ['names of every object', { constructor: 'a', toString: 'b', hasOwnProperty: 'c', prototype: { x: 1 } }],
    ['an emoji in a key and a value', { '🛒': '👩‍👩‍👧' }],
    ['an empty key', { '': 'x' }],
    ['an object beyond ASCII', { naïve: { Straße: 'ß' } }]
  ])('may be unusual: %s', (_case, traits) => {
    expect(storableTraits(traits)).toEqual(traits)
  })

  it('may hold the same object twice, side by side and at several depths', () => {
    const address = { city: 'Paris' }
    const traits = { billing: address, shipping: address, history: [address, { address }] }
    expect(storableTraits(traits)).toEqual(traits)
  })

  it('may hold a date, which becomes its ISO form', () => {
    const since = new Date('2026-01-31T12:00:00.000Z')
    expect(JSON.stringify(storableTraits({ since }))).toBe('{"since":"2026-01-31T12:00:00.000Z"}')
  })

  it('may be nested 100 levels deep and no deeper', () => {
    expect(() => storableTraits(nested(100))).not.toThrow()
    expect(() => storableTraits(nested(101))).toThrow('is nested deeper than 100 levels, or contains itself.')
  })
})

describe('traits that are rejected', () => {
  it('for 200 levels of objects, with a path of readable length', () => {
    expect(() => storableTraits(nested(200))).toThrow(/^traits\.child\.child.{0,80}… is nested deeper than 100 levels/)
  })

  it('for 200 levels of lists', () => {
    const list = parsed(`{"list": ${'['.repeat(200)}${']'.repeat(200)}}`)
    expect(() => storableTraits(list)).toThrow(/^traits\.list\[0\].*… is nested deeper than 100 levels/)
  })

  it('if an object contains itself', () => {
    const cyclic: Record<string, unknown> = { plan: 'pro' }
    cyclic.self = cyclic
    expect(() => storableTraits(cyclic)).toThrow(/^traits\.self\.self.*or contains itself\.$/)
  })

  it('if a list contains itself', () => {
    const list: unknown[] = []
    list.push(list)
    expect(() => storableTraits({ list })).toThrow(/or contains itself\.$/)
  })

  it.each([
    ['at the top', '{"__proto__": {"admin": true}}', 'traits.__proto__ is a key that is never stored. Remove it.'],
    ['inside', '{"a": {"__proto__": 1}}', 'traits.a.__proto__ is a key that is never stored. Remove it.'],
    ['in a list', '{"a": [{"__proto__": null}]}', 'traits.a[0].__proto__ is a key that is never stored. Remove it.']
  ])('for a key __proto__ %s', (_case, json, message) => {
    expect(() => storableTraits(parsed(json))).toThrow(message)
  })

  it.each([
    ['an object', { admin: true }],
    ['null', null]
  ])('for a prototype that was set to %s', (_case, prototype) => {
    const traits = Object.setPrototypeOf({ plan: 'pro' }, prototype) as Record<string, unknown>
    expect(() => storableTraits({ nested: traits })).toThrow('traits.nested is an object with the key __proto__')
  })

  it.each([
    ['a value', { name: 'half \ud83d' }, 'traits.name has a string with half a Unicode character'],
    ['a value inside', { a: { b: ['\udc00'] } }, 'traits.a.b[0] has a string with half a Unicode character'],
    ['a key', { 'half \ud83d': 1 }, 'traits has a string with half a Unicode character'],
    ['a key inside', { a: { '\udc00': 1 } }, 'traits.a has a string with half a Unicode character'],
    ['two halves in the wrong order', { a: '\udc00\ud800' }, 'traits.a has a string with half a Unicode character']
  ])('for half a character in %s', (_case, traits, message) => {
    expect(() => storableTraits(traits)).toThrow(message)
  })

  it.each([
    ['Infinity', Infinity, 'Infinity'],
    ['-Infinity', -Infinity, '-Infinity'],
    ['NaN', NaN, 'NaN'],
    ['a function', () => 1, 'a function'],
    ['a symbol', Symbol('s'), 'a symbol'],
    ['a BigInt', BigInt(1), 'a bigint']
  ])('for %s, which JSON cannot carry', (_case, value, kind) => {
    expect(() => storableTraits({ a: { b: value } })).toThrow(`traits.a.b is ${kind}, which JSON cannot carry.`)
  })

  it('without quoting the value, which may be personal data', () => {
    expect(() => storableTraits({ email: 'ada@example.com \ud83d' })).toThrow(
      'traits.email has a string with half a Unicode character (a lone surrogate).'
    )
  })
})

describe('the name of a stored field', () => {
  it('has at most 1,024 characters', () => {
    expect(checkedFieldName('a'.repeat(1024))).toHaveLength(1024)
    expect(() => storableTraits({ ['a'.repeat(1025)]: 1 })).toThrow(
      `traits.${'a'.repeat(73)}… is a name of 1025 characters; Kameleoon takes 1024 at most.`
    )
  })
})

describe('traits that pass through the framework', () => {
  beforeEach(startFromEmpty)

  it('with __proto__ are rejected alone, wherever the key stands, and their neighbours are stored', async () => {
    const calls = kameleoon()
    const outcomes = await runBatch(
      [
        { type: 'identify', userId: 'user-1', traits: parsed('{"__proto__": {"admin": true}, "plan": "pro"}') },
        { type: 'identify', userId: 'user-2', traits: parsed('{"plan": "pro"}') },
        { type: 'identify', userId: 'user-3', traits: parsed('{"a": {"__proto__": {"admin": true}}}') }
      ],
      { partnerAction: 'identifyEvent' }
    )
    expect(outcomes.map(({ status }) => status)).toEqual([400, 200, 400])
    expect(outcomes[0].errormessage).toMatch(/^traits.*__proto__.*Remove/)
    expect(outcomes[2].errormessage).toMatch(/^traits\.a.*__proto__.*Remove/)
    expect(bodiesTo(calls, 'POST /map/maps')).toEqual([{ 'IDENTIFY_user-2': { plan: 'pro' } }])
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it('with 200 levels are rejected alone', async () => {
    kameleoon()
    const outcomes = await runBatch(
      [
        { type: 'identify', userId: 'user-1', traits: nested(200) },
        { type: 'identify', userId: 'user-2', traits: { plan: 'pro' } }
      ],
      { partnerAction: 'identifyEvent' }
    )
    expect(outcomes.map(({ status }) => status)).toEqual([400, 200])
    expect(outcomes[0].errormessage).toMatch(/nested deeper than 100 levels/)
  })

  it('that look like a cycle are delivered as they are', async () => {
    const calls = kameleoon()
    await runBatch([{ type: 'identify', userId: 'user-1', traits: { self: { $ref: '#' }, text: '[Circular]' } }], {
      partnerAction: 'identifyEvent'
    })
    expect(bodiesTo(calls, 'POST /map/maps')).toEqual([
      { 'IDENTIFY_user-1': { self: { $ref: '#' }, text: '[Circular]' } }
    ])
  })
})
