import { parseFql, validate } from '@segment/destination-subscriptions'
import type { SegmentEvent } from '@segment/actions-core'
import { matcherOf } from '..'

const queries = [
  'type = "track"',
  'type = "page"',
  '(type = "track")',
  'type = "track" or type = "page"',
  'type != "track"',
  'type = "track" and event = "Order Completed"',
  'event = "Order Completed"',
  'type = ""',
  'type = 1'
]

const events: Record<string, unknown>[] = [
  { type: 'track' },
  { type: 'track', event: 'Order Completed' },
  { type: 'page', event: 'Order Completed' },
  { type: 'Track' },
  { type: ' track' },
  { type: '' },
  { type: null },
  { type: 1 },
  { type: '1' },
  { type: ['track'] },
  { type: { type: 'track' } },
  {}
]

describe('a query', () => {
  it.each(queries)('takes the same events as in the framework: %s', (query) => {
    const condition = parseFql(query)
    const taken = events.map((event) => validate(condition, event))
    // Events of users may have any members.
    expect(events.map((event) => matcherOf(query)?.(event as unknown as SegmentEvent))).toEqual(taken)
  })

  it('that asks for a type takes events of this type, and no others', () => {
    const taken = events.filter((event) => matcherOf('type = "page"')?.(event as unknown as SegmentEvent))
    expect(taken).toEqual([{ type: 'page', event: 'Order Completed' }])
  })
})
