import {
  fieldValue,
  hiddenMembers,
  rowsOf,
  withField,
  withKind,
  withRows,
  type SegmentEvent
} from '../page/send/form-event'
import { kindOfValue, textOfValue, typedValue } from '../page/send/typed-values'

describe('the value of a typed text', () => {
  it.each([
    ['49.90', 49.9, 'number'],
    ['-3', -3, 'number'],
    [' true ', true, 'true/false'],
    ['false', false, 'true/false'],
    ['null', null, 'null'],
    ['"42"', '42', 'text'],
    ['"true"', 'true', 'text'],
    ['007', '007', 'text'],
    ['12345678901234567890', '12345678901234567890', 'text'],
    ['49,90', '49,90', 'text'],
    ['49.', '49.', 'text'],
    ['"open', '"open', 'text'],
    ['', '', 'text'],
    [' two words ', ' two words ', 'text']
  ])('%j is %j, a %s', (text, value, kind) => {
    expect(typedValue(text)).toEqual(value)
    expect(kindOfValue(typedValue(text))).toBe(kind)
  })

  it.each([['42'], ['true'], ['null'], ['"quoted"'], ['plain'], [''], [42], [49.9], [-1], [true], [false], [null]])(
    '%j is shown as a text that gives it back',
    (value) => {
      expect(typedValue(textOfValue(value) ?? 'not shown')).toBe(value)
    }
  )

  it.each([[{ a: 1 }], [[1, 2]], [1e300]])('%j is not shown as text', (value) => {
    expect(textOfValue(value)).toBeNull()
  })
})

describe('an event in the form', () => {
  const order: SegmentEvent = {
    type: 'track',
    event: 'Order Completed',
    userId: 'user-1',
    context: { locale: 'en' },
    properties: { kameleoonVisitorCode: 'v1', revenue: '49.9', products: [{ id: 1 }], coupon: 'SPRING' }
  }

  it('has its fields, the other properties as rows, and the names of what is not shown', () => {
    expect(fieldValue(order, 'name')).toBe('Order Completed')
    expect(fieldValue(order, 'visitorCode')).toBe('v1')
    expect(fieldValue(order, 'revenue')).toBe('49.9')
    expect(fieldValue(order, 'url')).toBeUndefined()
    expect(rowsOf(order)).toEqual([
      ['products', [{ id: 1 }]],
      ['coupon', 'SPRING']
    ])
    expect(hiddenMembers(order)).toEqual(['context'])
  })

  it('changes one field and keeps everything else', () => {
    expect(withField(order, 'currency', 'EUR')).toEqual({
      ...order,
      properties: { ...(order.properties as object), currency: 'EUR' }
    })
    expect(withField(order, 'userId', '')).toEqual({
      type: 'track',
      event: 'Order Completed',
      context: order.context,
      properties: order.properties
    })
    expect(withField(order, 'title', 'No page')).toBe(order)
  })

  it('has no properties once the last one is removed', () => {
    const event = { type: 'track', event: 'A', properties: { kameleoonVisitorCode: 'v1' } }
    expect(withField(event, 'visitorCode', '')).toEqual({ type: 'track', event: 'A' })
  })

  it('replaces the rows and keeps the properties that have fields', () => {
    expect(withRows(order, [['size', 42]])).toEqual({
      ...order,
      properties: { kameleoonVisitorCode: 'v1', revenue: '49.9', size: 42 }
    })
    expect(withRows(order, [['revenue', 1]])).toEqual({
      ...order,
      properties: { kameleoonVisitorCode: 'v1', revenue: '49.9' }
    })
  })

  it('takes the visitor code along to the traits of another kind, and back', () => {
    const identify = withKind(order, 'identify')
    expect(identify.traits).toEqual({ kameleoonVisitorCode: 'v1' })
    expect(identify.properties).toEqual({ revenue: '49.9', products: [{ id: 1 }], coupon: 'SPRING' })
    expect(hiddenMembers(identify)).toEqual(['event', 'context', 'properties'])
    const { kameleoonVisitorCode, ...others } = withKind(identify, 'track').properties as Record<string, unknown>
    expect(kameleoonVisitorCode).toBe('v1')
    expect(others).toEqual({ revenue: '49.9', products: [{ id: 1 }], coupon: 'SPRING' })
  })

  it('shows members that are no objects where objects belong as if they were missing, and keeps them until they change', () => {
    const event = { type: 'track', event: 'A', properties: 'wrong' }
    expect(rowsOf(event)).toEqual([])
    expect(withField(event, 'name', 'B')).toEqual({ type: 'track', event: 'B', properties: 'wrong' })
  })
})
