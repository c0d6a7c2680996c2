import { visitorCodeOf } from '../visitor-code'

describe('a visitor code', () => {
  it.each([
    ['a code', 'oa16i4syt2ve3b0z', 'oa16i4syt2ve3b0z'],
    ['a code with spaces around it', '  oa16i4syt2ve3b0z\t', 'oa16i4syt2ve3b0z'],
    ['a code with a line break after it', 'oa16i4syt2ve3b0z\n', 'oa16i4syt2ve3b0z'],
    ['a code with a space inside', 'ada lovelace', 'ada lovelace'],
    ['one character', 'a', 'a'],
    ['100 characters', 'a'.repeat(100), 'a'.repeat(100)],
    ['100 characters and spaces around them', ` ${'a'.repeat(100)} `, 'a'.repeat(100)],
    ['a number', 12345, '12345'],
    ['zero', 0, '0'],
    ['any script', 'посетитель-🛒', 'посетитель-🛒']
  ])('may be %s', (_case, value, expected) => {
    expect(visitorCodeOf(value, 'userId')).toBe(expected)
  })

  it.each([undefined, null, '', '   ', '\n\t'])('is none for %j', (value) => {
    expect(visitorCodeOf(value, 'userId')).toBeUndefined()
  })

  it.each([
    ['101 characters', 'a'.repeat(101), 'userId has 101 characters; a Kameleoon visitor code has at most 100.'],
    ['51 emojis, of two units each', '🛒'.repeat(51), 'userId has 102 characters'],
    ['a line feed inside', 'a\nb', 'userId is a string with a line break, which a Kameleoon visitor code cannot have.'],
    ['a carriage return inside', 'a\rb', 'userId is a string with a line break'],
    ['a line separator inside', 'a\u2028b', 'userId is a string with a line break'],
    ['a paragraph separator inside', 'a\u2029b', 'userId is a string with a line break'],
    ['a next-line character inside', 'a\u0085b', 'userId is a string with a line break'],
    ['half a character', 'a\ud83d', 'userId is a string with half a Unicode character'],
    ['an object', { code: 'a' }, 'userId must be a string to be a visitor code, but it is an object.'],
    ['a list', ['a'], 'userId must be a string to be a visitor code, but it is an array.'],
    ['a boolean', true, 'userId must be a string to be a visitor code, but it is a boolean.']
  ])('cannot be %s', (_case, value, message) => {
    expect(() => visitorCodeOf(value, 'userId')).toThrow(message)
  })

  it.each([NaN, Infinity, -Infinity])('cannot be %p, which stands for no visitor', (value) => {
    expect(() => visitorCodeOf(value, 'userId')).toThrow('userId must be a string to be a visitor code')
  })
})
