import { isPlaceholder, notePlaceholder, placeholderNotes } from '../placeholder'

const WORDS = [
  'undefined',
  'null',
  'NaN',
  '[object Object]',
  'anonymous',
  'guest',
  'none',
  'None',
  'unknown',
  '0',
  '-1'
]
const OTHER_WORDS = [
  'true',
  'false',
  '(not set)',
  'N/A',
  'nil',
  'Anonymous User',
  'not logged in',
  'test',
  '-',
  '000',
  'user_id'
]
const TEMPLATES = [
  '{{kameleoonVisitorCode}}',
  '{{ user.id }}',
  'u-{{id}}',
  '${userId}',
  '<%= user.id %>',
  '%%USER_ID%%',
  '{id}',
  '$visitorCode'
]
const COOKIES = [
  'kameleoonVisitorCode=abc',
  'kameleoonVisitorCode=abc; path=/',
  'abc; path=/',
  'abc;Secure',
  '_js_code=abc'
]
const QUOTED = ['%22abc%22', '"abc"', "'abc'", '{}', '[]', '""', '[object Undefined]']
const EMPTY_IDS = ['00000000-0000-0000-0000-000000000000', '0000']

const IDS = [
  ...[
    'q4w8e2r6t1y5u9i3',
    '_js_q4w8e2r6t1y5u9i3',
    'jane.doe@example.com',
    '12345',
    '1',
    '-12',
    '10',
    '100-200',
    'a0',
    'u1'
  ],
  ...['2b98a15c-c33e-43a6-b135-fe0c4e40b790', 'auth0|5f7c8ec7c33c6c004bbafe82', 'YWJjZA==', 'YWJjZGU=', 'guest-42'],
  ...[
    'Guest Smith',
    'nullable',
    'unknown-device-7',
    'testing-team@example.com',
    'undefined1',
    'ünïcode',
    '用户',
    'a b'
  ],
  ...['user$1', 'a{b}c', '50%', 'cn=jane,dc=example,dc=com', "O'Brien", 'id(7)', 'x"y']
]

describe('a placeholder', () => {
  it.each([...WORDS, ...OTHER_WORDS, ...TEMPLATES, ...COOKIES, ...QUOTED, ...EMPTY_IDS])('is %j', (text) => {
    expect(isPlaceholder(text)).toBe(true)
    expect(isPlaceholder(text.toUpperCase())).toBe(true)
  })

  it.each(IDS)('is not %j, which may be an id', (text) => {
    expect(isPlaceholder(text)).toBe(false)
  })

  it('is none of 10,000 codes as Kameleoon makes them', () => {
    let state = 7
    const next = (): number => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff)
    for (let index = 0; index < 10_000; index++) {
      const code = Array.from({ length: 16 }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[(next() >> 8) % 36]).join('')
      expect([code, isPlaceholder(code)]).toEqual([code, false])
    }
  })

  it('is named with its place, without the value of a cookie, and once', () => {
    const found: string[] = []
    notePlaceholder(found, 'null', 'userId')
    notePlaceholder(found, 'kameleoonVisitorCode=abc123', 'kameleoonVisitorCode')
    notePlaceholder(found, 'kameleoonVisitorCode=abc123', 'properties.kameleoonVisitorCode')
    notePlaceholder(found, 'undefined', 'properties.k_visitorCode')
    expect(placeholderNotes(found)).toEqual([
      'Placeholders count as absent: userId is "null", kameleoonVisitorCode is "kameleoonVisitorCode=…", properties.k_visitorCode is "undefined".'
    ])
  })

  it('of any length is shown in a few characters', () => {
    const found: string[] = []
    notePlaceholder(found, `{{${'a'.repeat(1000)}}}`, 'userId')
    expect(found[0].length).toBeLessThan(60)
  })

  it('that was not found is not told of', () => {
    expect(placeholderNotes([])).toEqual([])
  })
})
