import { EVENT_TYPES } from '../../kameleoon-api/wire'
import { mappedVisitEvent } from '../visit-event'

/** For each type of event the least that it needs. */
const SMALLEST: Record<string, Record<string, unknown>> = {
  ACTIVITY: {},
  CONVERSION: { goalId: 9 },
  CUSTOMDATA: { index: 3, valuesCountMap: { gold: 1 } },
  EXPERIMENT: { id: 1, variationId: 2 },
  GEOLOCATION: {},
  PAGE: { href: 'https://shop.example/' },
  PERSONALIZATION: { id: 1, variationId: 2 },
  STATICDATA: {},
  TARGETINGSEGMENT: { id: 5 }
}

describe('an event of the Data API in place of a conversion', () => {
  it.each(Object.entries(SMALLEST))('can be %s with %j', (eventType, parameters) => {
    expect(mappedVisitEvent(eventType, parameters)).toMatchObject({ eventType, parameters })
  })

  it('can be of each type that the mapping offers', () => {
    expect(Object.keys(SMALLEST)).toEqual(EVENT_TYPES)
  })

  it('is written in upper case, however the mapping writes it', () => {
    expect(mappedVisitEvent(' customData ', SMALLEST.CUSTOMDATA).eventType).toBe('CUSTOMDATA')
  })

  it.each(['', 'PURCHASE', 'constructor', '__proto__'])('cannot be of the type %j', (type) => {
    expect(() => mappedVisitEvent(type, {})).toThrow(/^visitEventType must be one of ACTIVITY, CONVERSION, CUSTOMDATA/)
  })

  it.each([
    ['a whole number', 'EXPERIMENT', { id: '12', variationId: ' 0 ' }, { id: 12, variationId: 0 }],
    ['a number', 'CONVERSION', { goalId: '9', revenue: '12.50' }, { goalId: 9, revenue: 12.5 }],
    ['a boolean', 'CONVERSION', { goalId: 9, negative: 'true' }, { goalId: 9, negative: true }],
    [
      'an object',
      'CUSTOMDATA',
      { index: '3', valuesCountMap: '{"gold":1}', overwrite: 'false' },
      { index: 3, valuesCountMap: { gold: 1 }, overwrite: false }
    ],
    ['a list', 'PAGE', { href: 'x', keyPagesIndices: '[1,2]' }, { href: 'x', keyPagesIndices: [1, 2] }],
    ['a string that looks like a number', 'PAGE', { href: 'x', title: '12' }, { href: 'x', title: '12' }]
  ])('takes literals that the mapping page writes as strings: %s', (_case, type, parameters, expected) => {
    expect(mappedVisitEvent(type, parameters).parameters).toEqual(expected)
  })

  it('passes parameters on that the destination does not know', () => {
    expect(mappedVisitEvent('PERSONALIZATION', { id: 1, variationId: 0, unexpositionCause: 'capping' })).toMatchObject({
      parameters: { id: 1, variationId: 0, unexpositionCause: 'capping' }
    })
  })

  it.each([
    ['CONVERSION', {}, 'goalId must be a whole number, but it is missing.'],
    ['CONVERSION', { goalId: null }, 'goalId must be a whole number, but it is null.'],
    ['CONVERSION', { goalId: '' }, 'goalId must be a whole number, but it is an empty string.'],
    ['CONVERSION', { goalId: 1.5 }, 'goalId must be a whole number, but it is a number.'],
    ['CONVERSION', { goalId: 9, revenue: Infinity }, 'revenue must be a number from 0, but it is Infinity.'],
    ['CONVERSION', { goalId: 9, revenue: 'much' }, 'revenue must be a number from 0, but it is a string.'],
    ['CONVERSION', { goalId: 9, revenue: -0 }, 'revenue must be a number from 0, but it is'],
    ['CONVERSION', { goalId: 9, negative: 'no' }, 'negative must be a boolean, but it is a string.'],
    [
      'CUSTOMDATA',
      { index: 3 },
      'valuesCountMap must be an object of values with their counts, at most 1000 characters together, but it is missing.'
    ],
    ['CUSTOMDATA', { index: -0, valuesCountMap: {} }, 'index must be a whole number, but it is a number.'],
    [
      'CUSTOMDATA',
      { index: 3, valuesCountMap: [] },
      'valuesCountMap must be an object of values with their counts, at most 1000 characters together, but it is an array.'
    ],
    ['EXPERIMENT', { id: 1 }, 'variationId must be a whole number, but it is missing.'],
    ['PAGE', { title: 'A' }, 'href must be a string that is not blank, but it is missing.'],
    ['PAGE', { href: 12 }, 'href must be a string that is not blank, but it is a number.'],
    ['TARGETINGSEGMENT', { id: 'x' }, 'id must be a whole number, but it is a string.']
  ])('%s with %j is rejected', (type, parameters, message) => {
    expect(() => mappedVisitEvent(type, parameters)).toThrow(`visitEventParameters.${message}`)
  })

  it.each([
    ['CONVERSION', { goalId: -1 }, 'goalId'],
    ['CUSTOMDATA', { index: -3, valuesCountMap: { a: 1 } }, 'index']
  ])('%s with %j is rejected, since goals and indices are counted from 0', (type, parameters, name) => {
    expect(() => mappedVisitEvent(type, parameters)).toThrow(`visitEventParameters.${name} must be a whole number`)
  })

  it.each(['eventType', 'visitorCode', 'nonce', 'userAgent', 'mappingValue'])(
    'never sets %s, which is not for a mapping to say',
    (name) => {
      expect(() => mappedVisitEvent('ACTIVITY', { [name]: 'x' })).toThrow(
        `visitEventParameters.${name} is set by the destination. Remove it.`
      )
    }
  )

  it.each([
    ['half a character', { href: 'https://shop.example/\ud83d' }, 'href'],
    ['half a character in an unknown parameter', { href: 'x', extra: { a: '\udc00' } }, 'extra'],
    ['Infinity in an unknown parameter', { href: 'x', extra: Infinity }, 'extra']
  ])('is rejected for %s, which Kameleoon would store as something else', (_case, parameters, name) => {
    expect(() => mappedVisitEvent('PAGE', parameters)).toThrow(`visitEventParameters.${name}`)
  })

  it('is told apart from another one by all of its parameters', () => {
    const one = mappedVisitEvent('EXPERIMENT', { id: 1, variationId: 2 })
    const same = mappedVisitEvent('EXPERIMENT', { id: '1', variationId: '2' })
    const other = mappedVisitEvent('EXPERIMENT', { id: 1, variationId: 3 })
    expect(same.subject).toBe(one.subject)
    expect(other.subject).not.toBe(one.subject)
  })
})
