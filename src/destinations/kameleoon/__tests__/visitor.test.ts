import { visitorCodeOf, visitorOf, visitorWithoutLink } from '../visitor'

describe('the visitor of an event', () => {
  const everywhere = {
    kameleoonVisitorCode: 'mapped',
    properties: { kameleoonVisitorCode: 'inside', k_visitorCode: 'inside-classic' },
    context: { traits: { kameleoonVisitorCode: 'context', k_visitorCode: 'context-classic' } },
    userId: 'user-1',
    anonymousId: 'anonymous-1'
  }
  const ids = { userId: 'user-1', anonymousId: 'anonymous-1' }
  const { kameleoonVisitorCode: _mapped, ...unmapped } = everywhere

  it.each([
    ['the mapped visitor code', everywhere, 'mapped'],
    ['kameleoonVisitorCode in properties or traits', unmapped, 'inside'],
    ['k_visitorCode there', { ...unmapped, properties: { k_visitorCode: 'inside-classic' } }, 'inside-classic'],
    ['kameleoonVisitorCode in the traits of the context', { ...unmapped, properties: {} }, 'context'],
    [
      'k_visitorCode there',
      { ...unmapped, properties: {}, context: { traits: { k_visitorCode: 'context-classic' } } },
      'context-classic'
    ],
    ['the code at the root of the context', { ...ids, context: { kameleoonVisitorCode: 'root' } }, 'root']
  ])('is first %s', (_case, payload, visitorCode) => {
    expect(visitorOf(payload)).toEqual({ kind: 'visitor', visitorCode, identifiedBy: 'visitor code', ids, notes: [] })
  })

  it.each([
    'KameleoonVisitorCode',
    'kameleoon_visitor_code',
    'KAMELEOON_VISITOR_CODE',
    'kameleoon-visitor-code',
    'K_VisitorCode'
  ])('may stand under %s, as warehouses write it', (name) => {
    expect(visitorOf({ userId: 'u', properties: { [name]: 'code-1' } })).toMatchObject({ visitorCode: 'code-1' })
    expect(visitorOf({ userId: 'u', context: { traits: { [name]: 'code-1' } } })).toMatchObject({
      visitorCode: 'code-1'
    })
  })

  it('is not a property that only sounds alike', () => {
    const payload = {
      userId: 'u',
      properties: { visitorCode: 'x', kameleoonVisitorCodes: 'y', myKameleoonVisitorCode: 'z' }
    }
    expect(visitorOf(payload)).toMatchObject({ kind: 'linked' })
  })

  it('is then looked up by user id and by anonymous id, and else is the user id', () => {
    const linked = visitorOf({ userId: ' user-1 ', anonymousId: 'anonymous-1' })
    expect(linked).toEqual({ kind: 'linked', ids, isElseUserId: true, notes: [] })
    expect(visitorWithoutLink(linked as Parameters<typeof visitorWithoutLink>[0])).toEqual({
      kind: 'visitor',
      visitorCode: 'user-1',
      identifiedBy: 'user id',
      ids,
      notes: []
    })
  })

  it('is looked up for an event with an anonymous id alone, and is an error without a link', () => {
    const linked = visitorOf({ anonymousId: 'anonymous-1' })
    expect(linked).toEqual({ kind: 'linked', ids: { anonymousId: 'anonymous-1' }, isElseUserId: true, notes: [] })
    expect(() => visitorWithoutLink(linked as Parameters<typeof visitorWithoutLink>[0])).toThrow(
      /^kameleoonVisitorCode is missing\. Put/
    )
  })

  it('is the linked one only, if the mapping says so', () => {
    const linked = visitorOf({ ...ids, visitorFallback: 'linked visitor only' })
    expect(linked).toEqual({ kind: 'linked', ids, isElseUserId: false, notes: [] })
    expect(() => visitorWithoutLink(linked as Parameters<typeof visitorWithoutLink>[0])).toThrow(
      /^kameleoonVisitorCode is missing\. No visitor code is linked to this user/
    )
  })

  it('is the user id without a look-up, if the mapping says so', () => {
    expect(visitorOf({ ...ids, visitorFallback: 'user id' })).toEqual({
      kind: 'visitor',
      visitorCode: 'user-1',
      identifiedBy: 'user id',
      ids,
      notes: []
    })
  })

  it('is nobody, if the mapping says so', () => {
    expect(() => visitorOf({ ...ids, visitorFallback: 'reject' })).toThrow(
      /^kameleoonVisitorCode is missing\. The mapping rejects/
    )
  })

  it('names the choices where the mapping has another', () => {
    expect(() => visitorOf({ ...ids, visitorFallback: 'guess' })).toThrow(
      'visitorFallback must be one of: linked visitor, else user id; linked visitor only; user id; cross-device id; reject.'
    )
  })

  it.each([
    ['no ids', {}],
    ['an anonymous id and no look-up', { anonymousId: 'anonymous-1', visitorFallback: 'user id' }],
    ['an anonymous id and no cross-device id', { anonymousId: 'anonymous-1', visitorFallback: 'cross-device id' }],
    ['blank values', { kameleoonVisitorCode: ' ', userId: '', properties: { k_visitorCode: '' } }],
    ['blank values and linked visitors only', { userId: '', visitorFallback: 'linked visitor only' }],
    ['values that only every object has', { properties: Object.create({ k_visitorCode: 'inherited' }) as object }]
  ])('is an error with %s: the anonymous id is never used, and the error says which field to map', (_case, payload) => {
    expect(() => visitorOf(payload as Parameters<typeof visitorOf>[0])).toThrow(
      'kameleoonVisitorCode is missing. Put Kameleoon\'s visitor code into the event and map it to "Kameleoon Visitor Code", or send a userId that Kameleoon uses as visitor code too.'
    )
  })

  it.each([
    ['kameleoonVisitorCode', { kameleoonVisitorCode: 'a'.repeat(101) }],
    ['properties.kameleoonVisitorCode', { properties: { kameleoonVisitorCode: 'a\nb' } }],
    ['properties.k_visitorCode', { properties: { k_visitorCode: {} } }],
    ['context.traits.k_visitorCode', { context: { traits: { k_visitorCode: ['a'] } } }],
    ['userId', { userId: 'a'.repeat(101), visitorFallback: 'user id' }],
    ['userId', { userId: 'a'.repeat(101), visitorFallback: 'cross-device id' }]
  ])('is not replaced by another one if %s cannot be a visitor code', (field, payload) => {
    const withFallback = { userId: 'user-1', ...payload }
    expect(() => visitorOf(withFallback)).toThrow(new RegExp(`^${field.replace(/\./g, '\\.')} `))
  })

  it('may be a number inside the event', () => {
    expect(visitorOf({ properties: { k_visitorCode: 12345 } })).toEqual({
      kind: 'visitor',
      visitorCode: '12345',
      identifiedBy: 'visitor code',
      ids: {},
      notes: []
    })
  })
})

describe('a visitor code', () => {
  it.each([
    ['a code', 'oa16i4syt2ve3b0z', 'oa16i4syt2ve3b0z'],
    ['a code with spaces around it', '  oa16i4syt2ve3b0z\t', 'oa16i4syt2ve3b0z'],
    ['a code with a line break after it', 'oa16i4syt2ve3b0z\n', 'oa16i4syt2ve3b0z'],
    ['a code with a space inside', 'ada lovelace', 'ada lovelace'],
    ['one character', 'a', 'a'],
    ['100 characters', 'a'.repeat(100), 'a'.repeat(100)],
    ['100 characters and spaces around them', ` ${'a'.repeat(100)} `, 'a'.repeat(100)],
    ['a number', 12345, '12345'],
    ['any script', 'посетитель-🛒', 'посетитель-🛒']
  ])('may be %s', (_case, value, expected) => {
    expect(visitorCodeOf(value, 'userId')).toBe(expected)
  })

  it.each([undefined, null, '', '   ', '\n\t'])('is absent for %j', (value) => {
    expect(visitorCodeOf(value, 'userId')).toBeUndefined()
  })

  it.each([
    ['101 characters', 'a'.repeat(101), 'userId has 101 characters; a Kameleoon visitor code has at most 100.'],
    ['51 emojis, of two units each', '🛒'.repeat(51), 'userId has 102 characters'],
    ['a line feed inside', 'a\nb', 'userId is a string with a line break, which a Kameleoon visitor code cannot have.'],
    ['a carriage return inside', 'a\rb', 'userId is a string with a line break'],
    ['a line separator inside', 'a\u2028b', 'userId is a string with a line break'],
    ['a paragraph separator inside', 'a\u2029b', 'userId is a string with a line break'],
    ['a next-line character inside', 'a\u0085b', 'userId is a string with a line break'],
    ['half a character', 'a\ud83d', 'userId is a string with half a Unicode character'],
    ['an object', { code: 'a' }, 'userId must be a string to be a visitor code, but it is an object.'],
    ['a list', ['a'], 'userId must be a string to be a visitor code, but it is an array.']
  ])('cannot be %s', (_case, value, message) => {
    expect(() => visitorCodeOf(value, 'userId')).toThrow(message)
  })

  it.each([NaN, Infinity, -Infinity, true, false, 0])('is absent for %p, which is a placeholder', (value) => {
    expect(visitorCodeOf(value, 'userId')).toBeUndefined()
  })
})
