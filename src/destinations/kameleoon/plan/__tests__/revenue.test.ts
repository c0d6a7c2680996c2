import { revenueOf } from '../revenue'

describe('the amount of a conversion', () => {
  it.each([
    ['nothing', {}, { revenue: 0, negative: false }],
    ['an amount', { revenue: 49.9 }, { revenue: 49.9, negative: false }],
    ['zero', { revenue: 0 }, { revenue: 0, negative: false }],
    ['an amount below zero', { revenue: -20 }, { revenue: 20, negative: true }],
    ['an amount the mapping takes back', { revenue: 20, negative: true }, { revenue: 20, negative: true }],
    [
      'an amount below zero that the mapping takes back',
      { revenue: -20, negative: true },
      { revenue: 20, negative: true }
    ],
    ['an amount below zero that the mapping adds', { revenue: -20, negative: false }, { revenue: 20, negative: true }],
    ['a refund', { event: 'Order Refunded', revenue: 20 }, { revenue: 20, negative: true }],
    ['a refund of nothing', { event: 'Order Refunded' }, { revenue: 0, negative: true }],
    [
      'a refund the mapping adds',
      { event: 'Order Refunded', revenue: 20, negative: false },
      { revenue: 20, negative: false }
    ],
    ['another event', { event: 'Order Completed', revenue: 20 }, { revenue: 20, negative: false }],
    ['the largest number', { revenue: Number.MAX_VALUE }, { revenue: Number.MAX_VALUE, negative: false }]
  ])('of %s', (_case, fields, expected) => {
    expect(revenueOf(fields)).toEqual(expected)
  })

  it.each([
    ['Infinity', Infinity, 'revenue must be a number, but it is Infinity.'],
    ['-Infinity', -Infinity, 'revenue must be a number, but it is -Infinity.'],
    ['NaN', NaN, 'revenue must be a number, but it is NaN.'],
    ['negative zero', -0, 'revenue is negative zero (-0): send 0, or a refund with its amount.'],
    ['a string', '12,50' as unknown as number, 'revenue must be a number, but it is a string.'],
    ['a list', [12] as unknown as number, 'revenue must be a number, but it is an array.'],
    ['null', null as unknown as number, 'revenue must be a number, but it is null.']
  ])('cannot be %s', (_case, revenue, message) => {
    expect(() => revenueOf({ revenue })).toThrow(message)
  })
})
