import { visitorByUserId, visitorOf } from '../visitor'

describe('the visitor of an event', () => {
  const everywhere = {
    kameleoonVisitorCode: 'mapped',
    properties: { kameleoonVisitorCode: 'inside', k_visitorCode: 'inside-classic' },
    context: { traits: { kameleoonVisitorCode: 'context', k_visitorCode: 'context-classic' } },
    userId: 'user-1',
    anonymousId: 'anonymous-1',
    linkedVisitors: true
  }
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
    ]
  ])('is first %s', (_case, payload, visitorCode) => {
    expect(visitorOf(payload)).toEqual({ kind: 'visitor', visitorCode, isUserId: false })
  })

  it('is then the linked one, if the mapping asks for it, by user id and then by anonymous id', () => {
    expect(visitorOf({ userId: 'user-1', anonymousId: 'anonymous-1', linkedVisitors: true })).toEqual({
      kind: 'linked',
      linkedIds: ['user-1', 'anonymous-1'],
      userId: 'user-1'
    })
    expect(visitorOf({ anonymousId: 'anonymous-1', linkedVisitors: true })).toEqual({
      kind: 'linked',
      linkedIds: ['anonymous-1'],
      userId: undefined
    })
  })

  it('is then the user id', () => {
    expect(visitorOf({ userId: ' user-1 ', anonymousId: 'anonymous-1' })).toEqual({
      kind: 'visitor',
      visitorCode: 'user-1',
      isUserId: true
    })
  })

  it.each([
    ['nothing', {}],
    ['an anonymous id', { anonymousId: 'anonymous-1' }],
    ['blank values', { kameleoonVisitorCode: ' ', userId: '', properties: { k_visitorCode: '' } }],
    ['blank values and the wish for a link', { userId: '', linkedVisitors: true }],
    ['values that only every object has', { properties: Object.create({ k_visitorCode: 'inherited' }) as object }]
  ])('is none with %s: the anonymous id is never taken, and the error says which field to map', (_case, payload) => {
    expect(() => visitorOf(payload as Parameters<typeof visitorOf>[0])).toThrow(
      'kameleoonVisitorCode is missing. Put Kameleoon\'s visitor code into the event and map it to "Kameleoon Visitor Code", or send a userId that Kameleoon uses as visitor code too.'
    )
  })

  it.each([
    ['kameleoonVisitorCode', { kameleoonVisitorCode: 'a'.repeat(101) }],
    ['properties.kameleoonVisitorCode', { properties: { kameleoonVisitorCode: 'a\nb' } }],
    ['properties.k_visitorCode', { properties: { k_visitorCode: {} } }],
    ['context.traits.k_visitorCode', { context: { traits: { k_visitorCode: ['a'] } } }],
    ['userId', { userId: 'a'.repeat(101) }]
  ])('is not another one where %s cannot be a visitor code', (field, payload) => {
    const withFallback = { userId: 'user-1', ...payload }
    expect(() => visitorOf(withFallback)).toThrow(new RegExp(`^${field.replace(/\./g, '\\.')} `))
  })

  it('may be a number inside the event', () => {
    expect(visitorOf({ properties: { k_visitorCode: 12345 } })).toEqual({
      kind: 'visitor',
      visitorCode: '12345',
      isUserId: false
    })
  })

  it('without code and link is the user id, else an error', () => {
    expect(visitorByUserId('user-1')).toEqual({ kind: 'visitor', visitorCode: 'user-1', isUserId: true })
    expect(() => visitorByUserId(undefined)).toThrow(/^kameleoonVisitorCode is missing\./)
  })
})
