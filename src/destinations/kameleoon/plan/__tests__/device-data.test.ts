import { deviceDataEvents } from '../device-data'

describe('device data from the context', () => {
  it('is what the context knows, by the names of Kameleoon', () => {
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
  ])('knows the device type %s as %s', (type, deviceType) => {
    expect(deviceDataEvents({ device: { type } })).toMatchObject([{ parameters: { deviceType } }])
  })

  it.each(['watch', 'constructor', 'toString', '__proto__', '', 7, null])(
    'guesses nothing from the device type %j',
    (type) => {
      expect(deviceDataEvents({ device: { type } })).toEqual([])
    }
  )

  it.each([undefined, {}, { userAgent: 'Mozilla/5.0 (iPhone)' }, { screen: null, location: 'Paris' }])(
    'is none where the context says nothing: %j',
    (context) => {
      expect(deviceDataEvents(context)).toEqual([])
    }
  )

  it.each([0, -1, 1.5, NaN, Infinity, '390', null])(
    'leaves out the width %p, which is no number of pixels',
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
  ])('takes only places on earth: %p', (location, parameters) => {
    expect(deviceDataEvents({ location })).toEqual([
      { kind: 'event', eventType: 'GEOLOCATION', subject: '', parameters }
    ])
  })
})
