import { wholeNumber } from '../invalid-field'

describe('a whole number', () => {
  it.each([
    [0, 0],
    [7, 7],
    ['7', 7],
    [' 7 ', 7],
    ['0', 0],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]
  ])('is %p', (value, expected) => {
    expect(wholeNumber(value, 'goalId')).toBe(expected)
  })

  it.each([
    [1.5, 'the number 1.5'],
    [-1, 'the number -1'],
    [-0, 'the number 0'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [2 ** 53, 'the number 9007199254740992'],
    ['', 'an empty string'],
    ['0x10', 'the string "0x10"'],
    ['1e3', 'the string "1e3"'],
    ['٣', 'the string "٣"'],
    [null, 'null'],
    [undefined, 'missing'],
    [true, 'a boolean'],
    [[7], 'an array'],
    [{}, 'an object']
  ])('is not %p', (value, shown) => {
    expect(() => wholeNumber(value, 'goalId')).toThrow(`goalId must be a whole number, but it is ${shown}.`)
  })

  it('is shown in the error at a readable length', () => {
    expect(() => wholeNumber('x'.repeat(1000), 'goalId')).toThrow(
      `goalId must be a whole number, but it is the string "${'x'.repeat(40)}".`
    )
  })
})
