import { concurrency, eventLimit, mostRejected, networkAddress, requestsPerMinute } from '../option-values'

describe('--max-rejected', () => {
  it.each([
    ['0', { kind: 'count', most: 0 }],
    ['100', { kind: 'count', most: 100 }],
    ['5%', { kind: 'share', most: 0.05 }],
    ['0.5%', { kind: 'share', most: 0.005 }],
    ['0%', { kind: 'share', most: 0 }],
    ['100%', { kind: 'share', most: 1 }]
  ])('takes %s', (text, expected) => expect(mostRejected(text)).toEqual(expected))

  it.each(['', '%', '-1', '1.5', '101%', '1e3', '5 %', '5%%', 'ten', '9007199254740993', 'Infinity'])(
    'does not take "%s"',
    (text) => {
      expect(() => mostRejected(text)).toThrow('It must be a number of events such as 100, or a share such as 5%.')
    }
  )
})

describe('--metrics', () => {
  it.each([
    ['9464', '127.0.0.1', 9464],
    ['0', '127.0.0.1', 0],
    ['0.0.0.0:9464', '0.0.0.0', 9464],
    ['localhost:65535', 'localhost', 65_535],
    ['[::1]:9464', '::1', 9464]
  ])('takes %s', (text, host, port) => expect(networkAddress(text)).toEqual({ host, port }))

  it.each(['', ':9464', '65536', '-1', 'localhost', 'localhost:', '::1:9464', 'http://localhost:9464', 'a b:1', '1.5'])(
    'does not take "%s"',
    (text) => {
      expect(() => networkAddress(text)).toThrow(
        'It must be a port such as 9464, or a host and a port such as 0.0.0.0:9464.'
      )
    }
  )
})

describe.each([
  ['--rate', requestsPerMinute, 'It must be a whole number, 1 or more.', ['1', '100000']],
  ['--limit', eventLimit, 'It must be a whole number, 1 or more.', ['1', '1000000']],
  ['--concurrency', concurrency, 'It must be a whole number, 1 or more, up to 256.', ['1', '256']]
])('%s', (_option, parse, message, accepted) => {
  it.each(accepted)('takes %s', (text) => expect(parse(text)).toBe(Number(text)))
  it.each(['0', '-1', '1.5', '', 'many', '1e3', '99999999999999999999'])('does not take "%s"', (text) => {
    expect(() => parse(text)).toThrow(message)
  })
})

it('--concurrency does not take 257', () => expect(() => concurrency('257')).toThrow('up to 256'))
