import { deviceTypeOf, operatingSystemOf } from '../device'

const IPHONE = { width: 1170, height: 2532, density: 3 }
const GALAXY_TAB = { width: 1600, height: 2560, density: 2 }
const PIXEL = { width: 1080, height: 2400, density: 2.625 }

describe('the type of a device', () => {
  it.each([
    ['PHONE', 'says so', { device: { type: 'mobile' } }],
    ['PHONE', 'says so', { device: { type: 'Smartphone' } }],
    ['TABLET', 'says so', { device: { type: 'Tablet' } }],
    ['DESKTOP', 'says so', { device: { type: 'DESKTOP' } }],
    ['PHONE', 'is an iPhone', { device: { type: 'ios', model: 'iPhone15,2' }, screen: IPHONE }],
    ['TABLET', 'is an iPad', { device: { type: 'ios', model: 'iPad7,3' }, os: { name: 'iOS' } }],
    ['TABLET', 'runs iPadOS', { device: { type: 'ios' }, os: { name: 'iPadOS' } }],
    ['PHONE', 'is an iPod', { device: { type: 'ios', model: 'iPod9,1' } }],
    ['PHONE', 'has the screen of an Android phone', { device: { type: 'android', model: 'Pixel 7' }, screen: PIXEL }],
    [
      'TABLET',
      'has the screen of an Android tablet',
      { device: { type: 'Android', model: 'SM-T870' }, screen: GALAXY_TAB }
    ],
    ['PHONE', 'is mobile by client hints', { userAgentData: { mobile: true, platform: 'Android' } }],
    [
      'TABLET',
      'is an Android that is not mobile by client hints',
      { userAgentData: { mobile: false, platform: 'Android' } }
    ],
    ['DESKTOP', 'runs Windows by client hints', { userAgentData: { mobile: false, platform: 'Windows' } }]
  ])('is %s where the device %s', (type, _reason, context) => {
    expect(deviceTypeOf(context)).toBe(type)
  })

  it.each<[unknown]>([
    [{ device: { type: 'ios' }, os: { name: 'iOS' }, screen: IPHONE }],
    [{ device: { type: 'ios' }, os: { name: 'iPhone OS' } }],
    [{ device: { type: 'android', model: 'SM-T870' } }],
    [{ device: { type: 'android' }, screen: { width: 1080, height: 2400 } }],
    [{ device: { type: 'android' }, screen: { width: 1080, height: 2400, density: 0 } }],
    [{ userAgentData: { mobile: false, platform: '' } }],
    [{ userAgent: 'Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)' }],
    ...['watch', 'constructor', 'toString', '__proto__', '', 7, null].map((type): [unknown] => [{ device: { type } }]),
    [undefined]
  ])('is not told by %j', (context) => {
    expect(deviceTypeOf(context)).toBeUndefined()
  })
})

describe('the operating system', () => {
  it.each([
    ...['Windows', 'Windows 10', 'Microsoft Windows', 'windows nt', 'Win32'].map((name) => [name, 'WINDOWS']),
    ...['Mac OS X', 'macOS', 'Mac OS', 'OS X', 'Macintosh', 'mac'].map((name) => [name, 'MAC']),
    ...['iOS', 'iPadOS', 'iPhone OS', 'ios'].map((name) => [name, 'IOS']),
    ...['Linux', 'Ubuntu', 'GNU/Linux', 'Fedora Linux', 'Debian'].map((name) => [name, 'LINUX']),
    ...['Android', 'android 14'].map((name) => [name, 'ANDROID']),
    ...['Windows Phone', 'Windows Mobile'].map((name) => [name, 'WINDOWS_PHONE'])
  ])('%s is %s in the words of Kameleoon', (name, word) => {
    expect(operatingSystemOf({ os: { name } })).toBe(word)
    expect(operatingSystemOf({ userAgentData: { platform: name } })).toBe(word)
  })

  it.each(['Chrome OS', 'tvOS', 'watchOS', 'Tizen', 'PlayStation', '', ' ', 7, null])(
    '%p has no word there',
    (name) => {
      expect(operatingSystemOf({ os: { name } })).toBeUndefined()
    }
  )
})
