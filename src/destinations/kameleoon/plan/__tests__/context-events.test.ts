import { deviceDataEvents, pageView } from '../context-events'

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
          os: 'iOS',
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

  it.each([
    ['ios', 'PHONE'],
    ['Android', 'PHONE'],
    ['mobile', 'PHONE'],
    ['tablet', 'TABLET'],
    ['DESKTOP', 'DESKTOP']
  ])('sends the device type %s as %s', (type, deviceType) => {
    expect(deviceDataEvents({ device: { type } })).toMatchObject([{ parameters: { deviceType } }])
  })

  it.each(['watch', 'constructor', 'toString', '__proto__', '', 7, null])(
    'does not send the device type %j',
    (type) => {
      expect(deviceDataEvents({ device: { type } })).toEqual([])
    }
  )

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
