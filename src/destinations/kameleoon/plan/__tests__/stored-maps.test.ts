import { keysOfVisitor, linkWrites, possibleKeys, storageOptions } from '../stored-maps'
import type { Visitor } from '../../visitor'

describe('the key of stored data', () => {
  const userOf = (id: string): Visitor => ({
    kind: 'visitor',
    visitorCode: id,
    identifiedBy: 'user id',
    ids: {},
    notes: []
  })

  it.each([
    ['identify', 'IDENTIFY_', 91],
    ['cohorts', 'COHORTS_', 92],
    ['link', 'LINK_', 95]
  ] as const)('for %s data is %s and the id, which may have %d characters', (kind, prefix, room) => {
    expect(keysOfVisitor(kind, userOf('a'.repeat(room)))).toEqual([prefix + 'a'.repeat(room)])
    expect(() => keysOfVisitor(kind, userOf('a'.repeat(room + 1)))).toThrow(
      `userId has ${room + 1} characters; stored as ${prefix}… it can have ${room} at most.`
    )
  })

  it('cannot contain half a character', () => {
    expect(() => keysOfVisitor('identify', userOf('id \ud800'))).toThrow(
      'userId is a string with half a Unicode character'
    )
  })

  it('is the visitor code and, when it differs, the user id', () => {
    const visitor: Visitor = {
      kind: 'visitor',
      visitorCode: 'visitor-1',
      identifiedBy: 'visitor code',
      ids: {},
      notes: []
    }
    const withId = (userId?: string): Visitor => ({ ...visitor, ids: { userId } })
    expect(keysOfVisitor('identify', withId('user-1'))).toEqual(['IDENTIFY_visitor-1', 'IDENTIFY_user-1'])
    expect(keysOfVisitor('identify', withId('visitor-1'))).toEqual(['IDENTIFY_visitor-1'])
    expect(keysOfVisitor('identify', withId())).toEqual(['IDENTIFY_visitor-1'])
  })

  it('is possible only for ids that can be stored', () => {
    const ids = ['user-1', 'u'.repeat(96), 'id \ud800']
    expect(possibleKeys('link', ids)).toEqual(['LINK_user-1'])
  })

  it('names the field whose id is too long', () => {
    const visitor: Visitor = {
      kind: 'visitor',
      visitorCode: 'v'.repeat(92),
      identifiedBy: 'visitor code',
      ids: {},
      notes: []
    }
    expect(() => keysOfVisitor('identify', { ...visitor, ids: { userId: 'user-1' } })).toThrow(
      /^kameleoonVisitorCode has 92 characters/
    )
    expect(() => keysOfVisitor('identify', { ...visitor, visitorCode: 'v', ids: { userId: 'u'.repeat(92) } })).toThrow(
      /^userId has 92 characters/
    )
  })
})

describe('the time to live of stored data', () => {
  it.each([
    [undefined, 2208],
    [1, 1],
    [2208, 2208],
    [8784, 8784]
  ])('of %p is %d hours', (ttlHours, expected) => {
    expect(storageOptions({ ttlHours }).ttlHours).toBe(expected)
  })

  it.each(['24', ' 24 '])('may be text: %j', (ttlHours) => {
    expect(storageOptions({ ttlHours: ttlHours as unknown as number }).ttlHours).toBe(24)
  })

  it.each([NaN, Infinity, 'soon'])('is no number: %p', (ttlHours) => {
    expect(() => storageOptions({ ttlHours: ttlHours as number })).toThrow('ttlHours must be a number, but it is')
  })

  it.each([0, -1, 8785, 1.5, -0])('cannot be %p', (ttlHours) => {
    expect(() => storageOptions({ ttlHours })).toThrow(
      `ttlHours must be a whole number from 1 to 8784, but it is the number ${ttlHours}.`
    )
  })
})

describe('stored data', () => {
  it.each([
    [undefined, true],
    ['keep', true],
    ['replace', false]
  ])('with the choice "%s" is kept: %s', (existingData, keepsExisting) => {
    expect(storageOptions({ existingData }).keepsExisting).toBe(keepsExisting)
  })
})

describe('the link of a user to a visitor', () => {
  const visitor: Visitor = {
    kind: 'visitor',
    visitorCode: 'visitor-1',
    identifiedBy: 'visitor code',
    ids: {},
    notes: []
  }
  const options = { ttlHours: 24, keepsExisting: true }
  const fields = { kameleoonVisitorCode: 'visitor-1' }

  it('is stored under the user id and the anonymous id, with the same time to live', () => {
    expect(linkWrites({ ...visitor, ids: { userId: 'user-1', anonymousId: 'anonymous-1' } }, options)).toEqual([
      { key: 'LINK_user-1', fields, ttlHours: 24, keepsExisting: false },
      { key: 'LINK_anonymous-1', fields, ttlHours: 24, keepsExisting: false }
    ])
  })

  it.each([
    ['the visitor code itself', { userId: 'visitor-1', anonymousId: 'visitor-1' }],
    ['missing', {}]
  ])('is not stored for an id that is %s', (_case, ids) => {
    expect(linkWrites({ ...visitor, ids }, options)).toEqual([])
  })

  it('names the id that is too long for a key', () => {
    expect(() => linkWrites({ ...visitor, ids: { anonymousId: 'a'.repeat(96) } }, options)).toThrow(
      'anonymousId has 96 characters; stored as LINK_… it can have 95 at most.'
    )
  })
})
