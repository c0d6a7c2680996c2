import * as amount from '../amount'
import { eventKindOf } from '../event-names'

type Fields = amount.RevenueFields & { event?: string }

const amountOf = ({ event, ...fields }: Fields) => amount.amountOf(fields, eventKindOf(event))

/** A generator of the same numbers in every run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x7fffffff
}

describe('the amount of a conversion', () => {
  it.each([
    ['nothing', {}, { revenue: 0, negative: false }],
    ['an amount', { revenue: 49.9 }, { revenue: 49.9, negative: false }],
    ['zero', { revenue: 0 }, { revenue: 0, negative: false }],
    ['negative zero, which is zero', { revenue: -0 }, { revenue: 0, negative: false }],
    ['an amount below zero', { revenue: -20 }, { revenue: 20, negative: true }],
    ['an amount the mapping takes back', { revenue: 20, negative: true }, { revenue: 20, negative: true }],
    ['one below zero that the mapping takes back', { revenue: -20, negative: true }, { revenue: 20, negative: true }],
    ['one below zero that the mapping adds', { revenue: -20, negative: false }, { revenue: 20, negative: true }],
    [
      'a refund the mapping adds',
      { event: 'Order Refunded', revenue: 20, negative: false },
      { revenue: 20, negative: false }
    ],
    ['the largest number', { revenue: Number.MAX_VALUE }, { revenue: Number.MAX_VALUE, negative: false }]
  ])('of %s', (_case, fields, expected) => {
    expect(amountOf(fields)).toEqual(expected)
  })

  it.each([
    ...['Order Refunded', 'Order Refunded ', 'order refunded', 'order_refunded', 'orderRefunded', 'Refunded Order'],
    ...['Order Cancelled', 'Order Canceled', 'Cancelled Order', ' ORDER CANCELLED']
  ])('of "%s" is taken back, with or without an amount', (event) => {
    expect(amountOf({ event, revenue: 20 })).toEqual({ revenue: 20, negative: true })
    expect(amountOf({ event, properties: { total: 30 } })).toEqual({ revenue: 30, negative: true })
    expect(amountOf({ event, properties: { total: -30 } })).toEqual({ revenue: 30, negative: true })
    expect(amountOf({ event })).toEqual({ revenue: 0, negative: true })
  })

  it.each([
    'Order Completed',
    'Order Updated',
    'Completed Order',
    'Updated Order',
    'Order Completed ',
    'order_completed'
  ])('of "%s" is the total if there is no revenue', (event) => {
    const total = { revenue: 99, negative: false }
    expect(amountOf({ event, properties: { total: 99 } })).toEqual(total)
    expect(amountOf({ event, revenue: '', properties: { revenue: ' ', total: 99 } })).toEqual(total)
    expect(amountOf({ event, revenue: null, properties: { revenue: null, total: '$99.00' } })).toEqual(total)
    expect(amountOf({ event, revenue: 0, properties: { revenue: 0, total: 99 } })).toEqual({
      revenue: 0,
      negative: false
    })
  })

  it.each([
    'Products Searched',
    'Quiz Completed',
    'Video Playback Completed',
    'Cart Viewed',
    'Order Shipped',
    'Total',
    undefined
  ])('of "%s" is not the total, which is no money there', (event) => {
    expect(amountOf({ event, properties: { total: 137 } })).toEqual({ revenue: 0, negative: false })
  })
})

describe('an amount as text', () => {
  it.each([
    ...[
      ['12.50', 12.5],
      ['  12.5 ', 12.5],
      ['1299', 1299],
      ['1.299', 1.299],
      ['.5', 0.5],
      ['1e3', 1000],
      ['1e+21', 1e21]
    ],
    ...[
      ['$12', 12],
      ['12 €', 12],
      ['€ 12,50', 12.5],
      ['USD 12', 12],
      ['12EUR', 12],
      ['US$5', 5],
      ['CHF 1’299.50', 1299.5]
    ],
    ...[
      ['1,299.00', 1299],
      ['1.299,00', 1299],
      ['12,50', 12.5],
      ['1299,00', 1299],
      ['1,299,000', 1299000],
      ['1.299.000', 1299000]
    ],
    ...[
      ['1 299,00', 1299],
      ['1\u00a0299,00 €', 1299],
      ['1\u202f299', 1299],
      ["1'299.00", 1299],
      ['0,299', 0.299],
      ['1,2999', 1.2999]
    ],
    ...[
      ['-12', -12],
      ['-$12', -12],
      ['$-12', -12],
      ['−12,50', -12.5],
      ['12-', -12],
      ['($12.00)', -12]
    ]
  ] as Array<[string, number]>)('%j is %d', (text, amount) => {
    expect(amountOf({ revenue: text })).toEqual({ revenue: Math.abs(amount), negative: amount < 0 })
  })

  it.each(['1,299', '12,000', '-1,299', '$1,299', '1.299 €', '999,999'])('%j can be read in two ways', (text) => {
    expect(() => amountOf({ revenue: text })).toThrow(`revenue is the string "${text}", which can be read as `)
  })

  it.each([
    'N/A',
    'free',
    '0x1F',
    '12%',
    '1-2',
    '12..5',
    '1,29,9',
    '(5',
    '١٢',
    'Infinity',
    '1e999',
    'true',
    '12 apples'
  ])('%j is rejected with what was seen', (text) => {
    expect(() => amountOf({ revenue: text })).toThrow(
      `revenue must be a number or an amount such as 12.50, but it is the string "${text}".`
    )
  })

  it('names the total if that is what cannot be read', () => {
    expect(() => amountOf({ event: 'Order Completed', properties: { total: 'n/a' } })).toThrow(
      /^properties\.total must be/
    )
  })

  it.each([
    ['a boolean', { revenue: 'true', properties: { revenue: true } }],
    ['a boolean', { revenue: 'false', properties: { revenue: false, total: 5 } }],
    ['an array', { revenue: '12', properties: { revenue: [12] } }]
  ])('is rejected if the framework made it of %s', (kind, fields) => {
    expect(() => amountOf({ event: 'Order Completed', ...fields })).toThrow(
      `properties.revenue must be a number or an amount such as 12.50, but it is ${kind}.`
    )
  })

  it.each([NaN, Infinity, {}, [12], true])('%p is no amount', (revenue) => {
    expect(() => amountOf({ revenue })).toThrow(/^revenue must be a number or an amount such as 12\.50, but it is/)
  })

  it('means the same however it is written', () => {
    const next = numbers(12)
    const locales = ['en-US', 'de-DE', 'fr-FR', 'de-CH']
    for (let round = 0; round < 2000; round++) {
      const amount = Math.round(next() * 10 ** Math.ceil(next() * 9)) / 100
      const locale = locales[round % locales.length]
      const style = { minimumFractionDigits: 2, maximumFractionDigits: 2 }
      for (const text of [
        amount.toLocaleString(locale, style),
        amount.toLocaleString(locale, { ...style, style: 'currency', currency: 'EUR' }),
        amount.toLocaleString(locale, { ...style, style: 'currency', currency: 'USD', currencyDisplay: 'code' })
      ]) {
        expect([text, amountOf({ revenue: text }).revenue]).toEqual([text, amount])
      }
    }
  })
})
