import { conversionMetadata, customDataEvents } from '../custom-data'

describe('custom data set on the visitor', () => {
  it('is one CUSTOMDATA event for each index, and the index makes each distinct', () => {
    expect(customDataEvents({ '3': 'gold', '12': ['a', 'b'] })).toEqual([
      {
        kind: 'event',
        eventType: 'CUSTOMDATA',
        subject: '[3,["gold"]]',
        parameters: { index: 3, valuesCountMap: { gold: 1 }, overwrite: true }
      },
      {
        kind: 'event',
        eventType: 'CUSTOMDATA',
        subject: '[12,["a","b"]]',
        parameters: { index: 12, valuesCountMap: { a: 1, b: 1 }, overwrite: true }
      }
    ])
  })

  it.each([
    ['a string', 'gold', { gold: 1 }],
    ['a number', 4.5, { '4.5': 1 }],
    ['zero', 0, { '0': 1 }],
    ['true', true, { true: 1 }],
    ['false', false, { false: 1 }],
    ['a mixed list', ['x', 2, false], { x: 1, '2': 1, false: 1 }],
    ['a list with the same value twice', ['x', 'x'], { x: 1 }],
    ['a list with empty values', ['x', '', null, undefined], { x: 1 }],
    ['an emoji', '🛒', { '🛒': 1 }]
  ])('accepts %s', (_case, value, valuesCountMap) => {
    expect(customDataEvents({ '0': value })).toMatchObject([{ parameters: { index: 0, valuesCountMap } }])
  })

  it('accepts a value that is the name of an inherited property', () => {
    const [{ parameters }] = customDataEvents({ '1': '__proto__' })
    expect(JSON.stringify(parameters)).toBe('{"index":1,"valuesCountMap":{"__proto__":1},"overwrite":true}')
  })

  it.each([
    ['no custom data', undefined],
    ['no entries', {}],
    ['an empty value', { '1': '' }],
    ['a null value', { '1': null }],
    ['an empty list', { '1': [] }],
    ['a list of empty values', { '1': [null, ''] }]
  ])('is not sent for %s', (_case, customData) => {
    expect(customDataEvents(customData)).toEqual([])
  })

  it.each(['abc', '1.5', '-1', '01', '', ' ', '1e2'])('rejects the index %j', (index) => {
    expect(() => customDataEvents({ [index]: 'gold' })).toThrow(/^customData index must be a whole number, but it is /)
  })

  it.each([
    ['an object', { a: 1 }, 'an object'],
    ['a list in a list', [['a']], 'an array'],
    ['an object in a list', ['a', {}], 'an object'],
    ['Infinity', Infinity, 'Infinity'],
    ['NaN', NaN, 'NaN']
  ])('rejects %s and names the index', (_case, value, kind) => {
    expect(() => customDataEvents({ '7': value })).toThrow(
      `customData.7 must be a string, a number, a boolean or a list of them, but it is ${kind}.`
    )
  })

  it('rejects half a character', () => {
    expect(() => customDataEvents({ '7': ['ok', 'half \udc00'] })).toThrow(
      'customData.7 is a string with half a Unicode'
    )
  })

  it('accepts 1,000 characters in all values together and no more', () => {
    const halves = ['a'.repeat(500), 'b'.repeat(500)]
    expect(customDataEvents({ '7': halves })).toHaveLength(1)
    expect(() => customDataEvents({ '7': [...halves, 'c'] })).toThrow(
      'customData.7 has 1001 characters; Kameleoon takes 1000 at most.'
    )
  })
})

describe('custom data attached to a conversion', () => {
  it('is an object of index to values', () => {
    expect(conversionMetadata({ '4': 'EUR', '5': [1, true] })).toEqual({ '4': ['EUR'], '5': ['1', 'true'] })
  })

  it.each([undefined, {}, { '4': '' }, { '4': [] }])('is absent for %j', (metadata) => {
    expect(conversionMetadata(metadata)).toBeUndefined()
  })

  it('rejects an index that is not a whole number and names its own field', () => {
    expect(() => conversionMetadata({ currency: 'EUR' })).toThrow(
      'conversionMetadata index must be a whole number, but it is the string "currency".'
    )
  })

  it('rejects values that cannot be custom data', () => {
    expect(() => conversionMetadata({ '4': { a: 1 } })).toThrow(/^conversionMetadata\.4 must be a string/)
  })
})
