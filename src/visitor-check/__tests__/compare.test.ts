import { compare } from '../compare'
import type { Visit } from '../read-visits'
import type { FoundEvent, SentEvent } from '../visit-event'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const HOUR = 3_600_000

let nonce = 0
const sent = (eventType: string, fields: object, more: Partial<SentEvent> = {}): SentEvent => ({
  ...{ nonce: String(nonce++), eventType, fields: { ...fields }, at: NOW - HOUR, problem: null, source: null },
  ...more
})
const found = (eventType: string, fields: object, at: number | null = NOW - HOUR): FoundEvent => ({
  ...{ eventType, fields: { ...fields }, at }
})
const visit = (events: FoundEvent[], startedAt = NOW - HOUR, isCurrent = true): Visit => ({
  ...{ isCurrent, startedAt, lastEventAt: startedAt, events }
})
const statesOf = (events: SentEvent[] | null, shown: FoundEvent[]) =>
  compare(events, [visit(shown)], NOW).map(({ state }) => state)

describe('an event that was sent', () => {
  it.each<[string, string, object, object]>([
    ['a conversion, whose defaults are shown', 'CONVERSION', { goalId: 1 }, { goalId: 1, revenue: 0, negative: false }],
    [
      'custom data, whatever its count',
      'CUSTOMDATA',
      { index: 1, valuesCountMap: { a: 1 } },
      { index: 1, valuesCountMap: { a: 3 } }
    ],
    ['a page, whose address is cut', 'PAGE', { href: 'x'.repeat(300) }, { href: 'x'.repeat(200) }],
    ['a variation', 'EXPERIMENT', { id: 1, variationId: 2 }, { id: 1, variationId: 2 }],
    ['device data, beside other fields', 'STATICDATA', { os: 'MAC' }, { os: 'MAC', visitNumber: 3 }]
  ])('is kept: %s', (_what, eventType, fields, shown) => {
    expect(compare([sent(eventType, fields)], [visit([found(eventType, shown)])], NOW)).toMatchObject([
      { state: 'kept', differences: [], reason: null }
    ])
  })

  it.each<[string, string, object, object]>([
    ['another goal', 'CONVERSION', { goalId: 1 }, { goalId: 2 }],
    ['another amount', 'CONVERSION', { goalId: 1, revenue: 10 }, { goalId: 1, revenue: 9 }],
    ['a conversion that is not taken back', 'CONVERSION', { goalId: 1, negative: true }, { goalId: 1 }],
    ['another value', 'CUSTOMDATA', { index: 1, valuesCountMap: { a: 1 } }, { index: 1, valuesCountMap: { b: 1 } }],
    ['another address', 'PAGE', { href: 'https://a' }, { href: 'https://b' }]
  ])('is not found beside %s, which was not sent by us', (_what, eventType, fields, shown) => {
    expect(statesOf([sent(eventType, fields)], [found(eventType, shown)]).sort()).toEqual(['not-found', 'not-sent'])
  })

  it('names the fields that were kept with another value', () => {
    const event = sent('CONVERSION', { goalId: 1, metadata: { 4: ['m'], 5: ['n'] } })
    const shown = found('CONVERSION', { goalId: 1, metadata: { 4: ['m'] } })
    expect(compare([event], [visit([shown])], NOW)).toMatchObject([{ state: 'kept', differences: ['metadata'] }])
  })

  it('has the same metadata in the form that the JavaScript SDK declares', () => {
    const event = sent('CONVERSION', { goalId: 1, metadata: { 4: ['m', 'a'] } })
    const listed = [{ data: { index: 4, valuesCountMap: { a: 1, m: 1 } }, time: 1 }]
    const shown = found('CONVERSION', { goalId: 1, metadata: listed })
    expect(compare([event], [visit([shown])], NOW)).toMatchObject([{ state: 'kept', differences: [] }])
  })

  it('twice is found once when Kameleoon has it once', () => {
    const events = [sent('CONVERSION', { goalId: 1 }), sent('CONVERSION', { goalId: 1 })]
    expect(statesOf(events, [found('CONVERSION', { goalId: 1 })])).toEqual(['kept', 'not-found'])
  })

  it('is not taken for an equal one from before it was sent', () => {
    const earlier = found('CONVERSION', { goalId: 1 }, NOW - 2 * HOUR)
    expect(statesOf([sent('CONVERSION', { goalId: 1 })], [earlier])).toEqual(['not-found', 'not-sent'])
    const unknown = sent('CONVERSION', { goalId: 1 }, { at: null })
    expect(statesOf([unknown], [earlier])).toEqual(['kept'])
  })

  it('has the reason why it was not found, where one is known', () => {
    const events = [
      sent('CONVERSION', { goalId: 1 }, { problem: 'Kameleoon answered 503.' }),
      sent('CONVERSION', { goalId: 2 }, { at: NOW - 1_000 }),
      sent('CONVERSION', { goalId: 3 })
    ]
    const reasons = compare(events, [], NOW).map(({ what, reason }) => [what, reason])
    expect(Object.fromEntries(reasons)).toEqual({
      'goal 1': 'Kameleoon answered 503.',
      'goal 2': expect.stringMatching(/less than a minute ago/) as string,
      'goal 3': null
    })
  })

  it.each<[string, SentEvent[], Visit[], RegExp]>([
    ['its type is never shown', [sent('ACTIVITY', {})], [], /does not show ACTIVITY/],
    [
      'a later one of the visit took its place',
      [sent('STATICDATA', { os: 'MAC' }), sent('STATICDATA', { os: 'IOS' }, { at: NOW })],
      [visit([found('STATICDATA', { os: 'IOS' }, NOW)])],
      /the last STATICDATA/
    ],
    [
      'it is older than the visits that are shown',
      [sent('CONVERSION', { goalId: 1 }, { at: NOW - 99 * HOUR })],
      Array.from({ length: 25 }, (_, index) => visit([], NOW - (index + 1) * HOUR, false)),
      /25 previous visits/
    ]
  ])('cannot be told when %s', (_why, events, visits, reason) => {
    const rows = compare(events, visits, NOW).filter(({ state }) => state !== 'kept')
    expect(rows).toMatchObject([{ state: 'not-known', reason: expect.stringMatching(reason) as string }])
  })
})

it('without anything to compare with, what is found has no mark', () => {
  expect(statesOf(null, [found('PAGE', { href: 'https://a' }), found('CONVERSION', { goalId: 1 })])).toEqual([
    'found',
    'found'
  ])
})
