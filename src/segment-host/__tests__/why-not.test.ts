import { whyNot } from '..'

const EVENT = {
  ...{ type: 'track', event: 'Order Completed', userId: 'user-1' },
  properties: { revenue: 9.5, plan: 'gold', nested: { deep: true }, gone: null },
  context: { locale: 'en-GB' }
}

describe('whyNot', () => {
  it.each([
    ['type = "page"', 'type = "page", but it is "track"'],
    ['type = "track" and event = "Signed Up"', 'event = "Signed Up", but it is "Order Completed"'],
    ['type = "page" and event = "Signed Up"', 'type = "page", but it is "track"'],
    ['type = "page" or type = "screen"', 'type = "page", but it is "track"; nor type = "screen", but it is "track"'],
    ['type != "track"', 'type != "track", but it is "track"'],
    ['properties.revenue > 100', 'properties.revenue > 100, but it is 9.5'],
    ['properties.revenue = 10', 'properties.revenue = 10, but it is 9.5'],
    ['properties.coupon = "X"', 'properties.coupon = "X", but the event has none'],
    ['properties.coupon != null', 'properties.coupon exists, but the event has none'],
    ['properties.gone != null', 'properties.gone exists, but it is null'],
    ['properties.plan = null', 'properties.plan is absent, but it is "gold"'],
    ['properties.nested.deep = false', 'properties.nested.deep is false, but it is true'],
    ['traits.plan = "gold"', 'traits.plan = "gold", but the event has none'],
    ['context.locale = "fr"', 'context.locale = "fr", but it is "en-GB"'],
    ['userId = null', 'userId is absent, but it is "user-1"'],
    ['contains(event, "Cart")', 'event contains "Cart", but it is "Order Completed"'],
    ['!contains(event, "Order")', 'event does not contain "Order", but it is "Order Completed"'],
    ['match(event, "Cart*")', 'event starts with "Cart", but it is "Order Completed"'],
    [
      'type = "track" and (event = "A" or event = "B")',
      'event = "A", but it is "Order Completed"; nor event = "B", but it is "Order Completed"'
    ]
  ])('%s', (query, reason) => {
    expect(whyNot(query, EVENT)).toBe(reason)
  })

  it.each(['type = "track"', 'properties.revenue >= 9.5', 'type = "page" or event = "Order Completed"'])(
    '%s fits',
    (query) => {
      expect(whyNot(query, EVENT)).toBeNull()
    }
  )

  it('says that a query cannot be read', () => {
    expect(whyNot('type = ', EVENT)).toMatch(/cannot be read|but it is/)
    expect(whyNot('(', EVENT)).toMatch(/^The filter cannot be read: /)
  })

  it('cuts long values', () => {
    expect(whyNot('event = "x"', { event: 'y'.repeat(500) })).toMatch(/^event = "x", but it is "y{119}…$/)
  })
})
