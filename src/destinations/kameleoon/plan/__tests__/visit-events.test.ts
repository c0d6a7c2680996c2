import { EVENT_TYPES } from '../../kameleoon-api/wire'
import { deviceDataEvents, mappedVisitEvent, pageView } from '../visit-events'

const page = (url: unknown, title?: unknown) => ({ page: { url, title } })

describe('a page view', () => {
  it('is a PAGE event with address and title', () => {
    expect(pageView({ url: 'https://shop.example/a?b=1#c', title: 'A' }, undefined)).toEqual([
      {
        kind: 'event',
        eventType: 'PAGE',
        subject: '',
        parameters: { href: 'https://shop.example/a?b=1#c', title: 'A' }
      }
    ])
  })

  it('is taken from the context if the properties have no address and title', () => {
    expect(pageView({}, page('https://shop.example/', 'Shop'))).toMatchObject([
      { parameters: { href: 'https://shop.example/', title: 'Shop' } }
    ])
  })

  it('is taken from the properties first', () => {
    const properties = { url: 'https://shop.example/a', title: 'A' }
    expect(pageView(properties, page('https://shop.example/b', 'B'))).toMatchObject([
      { parameters: { href: 'https://shop.example/a', title: 'A' } }
    ])
  })

  it('has no title if there is none', () => {
    const [{ parameters }] = pageView({ url: 'https://shop.example/' }, undefined)
    expect(parameters).toEqual({ href: 'https://shop.example/' })
  })

  it.each([
    ['no properties and no context', undefined, undefined],
    ['a title alone', { title: 'A' }, undefined],
    ['an empty address', { url: '' }, undefined],
    ['a blank address', { url: '  ' }, page(' ')],
    ['an address that is no string', { url: 12 }, page({})],
    ['a path alone', { path: '/a' }, undefined]
  ])('is not sent for %s', (_case, properties, context) => {
    expect(pageView(properties, context)).toEqual([])
  })

  it('is cut to the 200 characters of address and title that Kameleoon keeps', () => {
    const url = `https://shop.example/${'a'.repeat(300)}`
    const [{ parameters }] = pageView({ url, title: 'b'.repeat(201) }, undefined)
    expect(parameters).toEqual({ href: url.slice(0, 200), title: 'b'.repeat(200) })
  })

  it.each([
    ['an emoji that just fits', `${'a'.repeat(198)}🛒b`, `${'a'.repeat(198)}🛒`],
    ['an emoji across the cut', `${'a'.repeat(199)}🛒b`, 'a'.repeat(199)],
    ['half an emoji at the end', 'abc\ud83d', 'abc'],
    ['half an emoji at the start', '\uded2abc', 'abc'],
    ['half an emoji in the middle', 'a\ud83db', 'ab'],
    ['two halves in the wrong order', 'a\uded2\ud83db', 'ab'],
    ['spaces around', '  abc ', 'abc']
  ])('never ends in half a character: %s', (_case, title, expected) => {
    expect(pageView({ url: 'https://shop.example/', title }, undefined)).toMatchObject([
      { parameters: { title: expected } }
    ])
  })

  it('is not sent if no character of its address can be sent', () => {
    expect(pageView({ url: '\ud83d' }, undefined)).toEqual([])
  })
})

describe('device data from the context', () => {
  it('is what the context has, under the names of Kameleoon', () => {
    const context = {
      device: { type: 'ios', model: 'iPhone' },
      os: { name: 'iOS', version: '17' },
      screen: { width: 390, height: 844, density: 3 },
      timezone: 'Europe/Paris',
      locale: 'fr-FR',
      location: {
        country: 'France',
        region: 'Île-de-France',
        city: 'Paris',
        postalCode: '75001',
        latitude: 48.86,
        longitude: 2.34
      }
    }
    expect(deviceDataEvents(context)).toEqual([
      {
        kind: 'event',
        eventType: 'STATICDATA',
        subject: '',
        parameters: {
          deviceType: 'PHONE',
          os: 'IOS',
          screenWidth: 390,
          screenHeight: 844,
          timeZoneId: 'Europe/Paris',
          localeLanguageTag: 'fr-FR'
        }
      },
      {
        kind: 'event',
        eventType: 'GEOLOCATION',
        subject: '',
        parameters: {
          country: 'France',
          region: 'Île-de-France',
          city: 'Paris',
          postalCode: '75001',
          latitude: 48.86,
          longitude: 2.34
        }
      }
    ])
  })

  it.each([undefined, {}, { userAgent: 'Mozilla/5.0 (iPhone)' }, { screen: null, location: 'Paris' }])(
    'is not sent if the context has none: %j',
    (context) => {
      expect(deviceDataEvents(context)).toEqual([])
    }
  )

  it.each([0, -1, 1.5, NaN, Infinity, '390', null])(
    'ignores the width %p, which is not a number of pixels',
    (width) => {
      expect(deviceDataEvents({ screen: { width, height: 844 } })).toEqual([
        { kind: 'event', eventType: 'STATICDATA', subject: '', parameters: { screenHeight: 844 } }
      ])
    }
  )

  it.each([
    [
      { latitude: 90, longitude: -180 },
      { latitude: 90, longitude: -180 }
    ],
    [{ latitude: 91, longitude: 180.1, city: 'Nowhere' }, { city: 'Nowhere' }],
    [{ latitude: NaN, longitude: Infinity, city: 'Nowhere' }, { city: 'Nowhere' }],
    [{ latitude: '48', longitude: null, city: 'Paris' }, { city: 'Paris' }]
  ])('ignores latitudes and longitudes out of range: %p', (location, parameters) => {
    expect(deviceDataEvents({ location })).toEqual([
      { kind: 'event', eventType: 'GEOLOCATION', subject: '', parameters }
    ])
  })
})

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
      'valuesCountMap must be an object of values with their counts, each value of at most 1000 characters, but it is missing.'
    ],
    ['CUSTOMDATA', { index: -0, valuesCountMap: {} }, 'index must be a whole number, but it is a number.'],
    [
      'CUSTOMDATA',
      { index: 3, valuesCountMap: [] },
      'valuesCountMap must be an object of values with their counts, each value of at most 1000 characters, but it is an array.'
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
