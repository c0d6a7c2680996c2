import { conversionMetadata, customDataEvents } from '../custom-data'

const LIMIT = 1000
const long = (length: number) => 'x'.repeat(length)
const leftOut = (field: string, length: number) =>
  `${field} has a value of ${length} characters, which was left out; Kameleoon takes 1000 at most.`

describe('custom data set on the visitor', () => {
  it('is one CUSTOMDATA event for each index, and the index makes each distinct', () => {
    expect(customDataEvents({ '3': 'gold', '12': ['a', 'b'] }, undefined)).toEqual([
      {
        kind: 'custom data',
        eventType: 'CUSTOMDATA',
        subject: '[3,["gold"]]',
        index: 3,
        values: ['gold'],
        change: 'add',
        notes: []
      },
      {
        kind: 'custom data',
        eventType: 'CUSTOMDATA',
        subject: '[12,["a","b"]]',
        index: 12,
        values: ['a', 'b'],
        change: 'add',
        notes: []
      }
    ])
  })

  it.each([
    [undefined, 'add'],
    ['add', 'add'],
    ['replace', 'replace'],
    [' Replace ', 'replace']
  ])('with %j for lists is to %s', (lists, change) => {
    expect(customDataEvents({ '3': 'gold' }, lists)).toMatchObject([{ change }])
  })

  it('has another nonce where another mapping of the message replaces', () => {
    const [added] = customDataEvents({ '3': 'gold' }, 'add')
    const [replaced] = customDataEvents({ '3': 'gold' }, 'replace')
    expect(added.subject).not.toBe(replaced.subject)
  })

  it.each<[string, unknown, string[]]>([
    ['a string', 'gold', ['gold']],
    ['a number', 4.5, ['4.5']],
    ['zero', 0, ['0']],
    ['true', true, ['true']],
    ['false', false, ['false']],
    ['a mixed list', ['x', 2, false], ['x', '2', 'false']],
    ['a list with empty values', ['x', '', '  ', null, undefined], ['x']],
    ['the name of an inherited property', '__proto__', ['__proto__']],
    ['an emoji', '🛒', ['🛒']]
  ])('accepts %s', (_case, value, values) => {
    expect(customDataEvents({ '0': value }, undefined)).toMatchObject([{ index: 0, values, notes: [] }])
  })

  it.each<[string, unknown]>([
    ['an empty string', ''],
    ['a blank string', ' \n'],
    ['an empty list', []],
    ['a list of blank values', [null, '', ' ']]
  ])('is cleared by %s', (_case, value) => {
    expect(customDataEvents({ '1': value }, undefined)).toMatchObject([{ index: 1, values: [], change: 'clear' }])
  })

  it.each<[string, Record<string, unknown> | undefined]>([
    ['no custom data', undefined],
    ['no entries', {}],
    ['a null value', { '1': null }],
    ['a missing value', { '1': undefined }],
    ['a list of null', { '1': [null] }]
  ])('is left alone by %s', (_case, customData) => {
    expect(customDataEvents(customData, undefined)).toEqual([])
  })

  it.each(['abc', '1.5', '-1', '01', '', ' ', '1e2'])('rejects the index %j', (index) => {
    expect(() => customDataEvents({ [index]: 'gold' }, undefined)).toThrow(
      /^customData index must be a whole number, but it is /
    )
  })

  it.each([
    ['an object', { a: 1 }, 'an object'],
    ['a list in a list', [['a']], 'an array'],
    ['an object in a list', ['a', {}], 'an object'],
    ['Infinity', Infinity, 'Infinity'],
    ['NaN', NaN, 'NaN']
  ])('rejects %s and names the index', (_case, value, kind) => {
    expect(() => customDataEvents({ '7': value }, undefined)).toThrow(
      `customData.7 must be a string, a number, a boolean or a list of them, but it is ${kind}.`
    )
  })

  it('rejects half a character', () => {
    expect(() => customDataEvents({ '7': ['ok', 'half \udc00'] }, undefined)).toThrow(
      'customData.7 is a string with half a Unicode'
    )
  })

  it('takes any number of characters together', () => {
    const list = Array.from({ length: 50 }, (_, index) => `${index}${long(LIMIT - 2)}`)
    expect(customDataEvents({ '7': list }, undefined)).toMatchObject([{ values: list, notes: [] }])
  })

  it('leaves a value of more than 1,000 characters out of its list, and says so without the value', () => {
    expect(customDataEvents({ '7': ['a', long(LIMIT + 1), long(LIMIT)] }, undefined)).toMatchObject([
      { values: ['a', long(LIMIT)], change: 'add', notes: [leftOut('customData.7', LIMIT + 1)] }
    ])
  })

  it('does not clear what has only values that are too long', () => {
    expect(customDataEvents({ '7': long(1500) }, undefined)).toMatchObject([
      { values: [], change: 'add', notes: [leftOut('customData.7', 1500)] }
    ])
  })
})

describe('custom data attached to a conversion', () => {
  it('is an object of index to values', () => {
    expect(conversionMetadata({ '4': 'EUR', '5': [1, true] })).toEqual({
      attached: { '4': ['EUR'], '5': ['1', 'true'] },
      notes: []
    })
  })

  it.each([undefined, {}, { '4': '' }, { '4': [] }, { '4': null }])('is absent for %j', (metadata) => {
    expect(conversionMetadata(metadata)).toEqual({ notes: [] })
  })

  it('leaves out values that are too long, and says so', () => {
    expect(conversionMetadata({ '4': ['a', long(1200)], '5': long(1300) })).toEqual({
      attached: { '4': ['a'] },
      notes: [leftOut('conversionMetadata.4', 1200), leftOut('conversionMetadata.5', 1300)]
    })
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
