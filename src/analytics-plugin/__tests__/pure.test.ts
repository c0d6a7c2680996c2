import { campaignOf, exposureOf, viewedEvent, viewedTraits } from '../exposure'
import { customDataValue } from '../custom-data-value'
import { usableCode, visitorCodeCookie, visitorCodeItem } from '../usable-code'

describe('the visitor code cookie', () => {
  it.each([
    ['', undefined],
    ['other=1', undefined],
    ['notkameleoonVisitorCode=a; kameleoonVisitorCodes=b', undefined],
    ['kameleoonVisitorCode=4i8ulubslwypslau', '4i8ulubslwypslau'],
    ['a=1; kameleoonVisitorCode=code1; b=2', 'code1'],
    ['kameleoonVisitorCode=_js_tmwcgthblbac1rlo', '_js_tmwcgthblbac1rlo'],
    ['kameleoonVisitorCode="code1"', '"code1"'],
    ['kameleoonVisitorCode=a%20b', 'a%20b'],
    ['kameleoonVisitorCode=100%', '100%'],
    ['kameleoonVisitorCode=near; kameleoonVisitorCode=far', 'near'],
    ['kameleoonVisitorCode=', '']
  ])('in %j is %j', (cookies, code) => {
    expect(visitorCodeCookie(cookies)).toBe(code)
  })
})

describe('the visitor code in local storage', () => {
  const now = 1_000
  it.each([
    [null, undefined],
    ['{}', undefined],
    ['{"value":"code1"}', 'code1'],
    ['{"value":"code1","expirationDate":1001}', 'code1'],
    ['{"value":"code1","expirationDate":999}', undefined],
    ['{"value":"code1","date":1001,"expirationDate":999}', 'code1'],
    ['{"value":"code1","date":999}', undefined],
    ['{"value":7}', 7]
  ])('in %j is %j', (item, code) => {
    expect(visitorCodeItem(item, now)).toBe(code)
  })
})

describe('a usable visitor code', () => {
  it.each([
    [' code1 ', 'code1'],
    ['x'.repeat(100), 'x'.repeat(100)],
    ['x'.repeat(101), undefined],
    ['', undefined],
    ['  ', undefined],
    ['a\nb', undefined],
    ['a\u2028b', undefined],
    [undefined, undefined],
    [7, undefined],
    [{}, undefined]
  ])('of %j is %j', (value, code) => {
    expect(usableCode(value)).toBe(code)
  })
})

describe('custom data', () => {
  it.each([
    ['gold', 'string', 'gold'],
    [5, 'string', '5'],
    [true, 'string', 'true'],
    [['a'], 'string', undefined],
    [{ a: 1 }, 'string', undefined],
    [5.5, 'number', 5.5],
    ['5.5', 'number', 5.5],
    [' ', 'number', undefined],
    ['five', 'number', undefined],
    [true, 'number', undefined],
    [false, 'boolean', false],
    ['true', 'boolean', true],
    ['toString', 'boolean', undefined],
    [1, 'boolean', undefined],
    [['a', 1], 'list', ['a', '1']],
    ['a', 'list', ['a']],
    [[], 'list', []],
    [['a', {}], 'list', undefined]
  ] as const)('of %j as %s is %j', (value, type, expected) => {
    expect(customDataValue(value, type)).toEqual(expected)
  })
})

describe('an exposure', () => {
  const campaign = { id: 1, name: 'Checkout: new', associatedVariation: { id: 2, name: 'Short' } }

  it('of an experiment has ids and names', () => {
    const exposure = exposureOf('experiment', campaign)!
    expect(viewedEvent(exposure)).toEqual([
      'Experiment Viewed',
      {
        experimentID: 1,
        experimentName: 'Checkout: new',
        variationID: 2,
        variationName: 'Short',
        nonInteraction: 1
      }
    ])
    expect(viewedTraits(exposure)).toEqual({ Experiment: 'Checkout: new:Short' })
  })

  it.each([null, undefined, { id: 0, name: 'Reference' }])(
    'with variation %j is an original',
    (associatedVariation) => {
      expect(exposureOf('experiment', { ...campaign, associatedVariation })?.variation.id).toBe(0)
      expect(exposureOf('personalization', { ...campaign, associatedVariation })).toBeUndefined()
    }
  )

  it.each([
    [{ experiment: campaign, associatedVariationID: '2', associatedVariation: { id: 2, name: 'Short' } }, 'Short'],
    [{ experiment: campaign, associatedVariationID: '0', associatedVariation: null }, 'Reference'],
    [{ experiment: campaign, associatedVariationID: 3, associatedVariation: null }, undefined],
    [{ experiment: campaign, associatedVariationID: null, associatedVariation: null }, undefined],
    [{ experiment: null, associatedVariationID: 2, associatedVariation: { id: 2, name: 'Short' } }, undefined],
    [{ personalization: campaign, associatedVariationID: 0, associatedVariation: null }, undefined]
  ])('of an activation %j has the variation %j', (activation, variation) => {
    const activated = campaignOf('experiment', activation)
    expect(activated && exposureOf('experiment', activated)?.variation.name).toBe(variation)
  })
})
