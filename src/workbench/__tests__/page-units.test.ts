import fc from 'fast-check'
import type { EventSummary, ShortResult } from '../contract'
import { canFilterHere, everyEvent, merged, queryOf, withFirst, withOlder } from '../page/api/event-list'
import { converted, formOf, formsFor, isShown, pathsValue, pathValue } from '../page/destination/fields/field-form'
import { entryOf, objectOf } from '../page/destination/fields/key-entries'
import { shortResultInWords } from '../page/events/short-result'
import { resultInWords } from '../page/parts/result-in-words'
import { eventsIn } from '../page/send/written-events'
import { jsonProblem } from '../page/parts/json'
import {
  eventListPlace,
  eventPlace,
  eventsOfVisitorPlace,
  placeIn,
  queryIn,
  visitorAt,
  visitorPlace
} from '../page/parts/places'
import { duration, money } from '../page/parts/words'
import { rawRequest, rawResponse } from '../page/event-detail/http-text'
import { snippetsFor } from '../page/parts/snippets'
import { chartInWords } from '../page/visitors/chart-in-words'

const event = (number: number, part: Partial<EventSummary> = {}): EventSummary => ({
  ...{ id: `e${number}`, number, receivedAt: '2026-01-01T00:00:00.000Z', origin: 'page', type: 'track', name: null },
  ...{ visitorCode: null, messageId: null, status: 'waiting', reason: null, attempts: 0, discarded: 0 },
  ...{ nextAttemptAt: null, results: [], moreResults: 0 },
  ...part
})

const live = (q: string, limit = 10) => ({ query: queryOf(q), takesNew: true, limit })
const numbersOf = (list: { events: EventSummary[] } | undefined) => list?.events.map(({ number }) => number)

describe('a list of events', () => {
  const two = { events: [event(2), event(1)], total: 2 }

  it('takes new events on top and changes known ones in place', () => {
    const list = merged(two, [event(3), event(1, { status: 'delivered' })], live(everyEvent))
    expect(list.events.map(({ number, status }) => [number, status])).toEqual([
      [3, 'waiting'],
      [2, 'waiting'],
      [1, 'delivered']
    ])
    expect(list.total).toBe(3)
  })

  it('removes an event that no longer matches the search', () => {
    const list = merged(two, [event(1, { status: 'rejected' })], live('status:waiting'))
    expect(list).toEqual({ events: [event(2)], total: 1 })
  })

  it('takes no new events while the user reads further down, but changes known ones', () => {
    const updates = [event(3), event(2, { status: 'delivered' })]
    const list = merged(two, updates, { ...live(everyEvent), takesNew: false })
    expect(list.events.map(({ number, status }) => [number, status])).toEqual([
      [2, 'delivered'],
      [1, 'waiting']
    ])
    expect(list.total).toBe(2)
  })

  it('ignores an event older than its last one, because others between them are not loaded', () => {
    const list = { events: [event(9), event(8)], total: 9 }
    expect(merged(list, [event(3, { status: 'delivered' })], live(everyEvent))).toBe(list)
  })

  it('counts the events that are removed at its end', () => {
    const list = merged(two, [event(4), event(3)], live(everyEvent, 2))
    expect(numbersOf(list)).toEqual([4, 3])
    expect(list.total).toBe(4)
  })

  it('takes older events only at the place they were loaded for', () => {
    const list = { events: [event(9), event(8)], total: 4 }
    const older = { events: [event(7), event(6)], total: 4 }
    expect(numbersOf(withOlder(list, older, 8))).toEqual([9, 8, 7, 6])
    expect(withOlder(list, older, 5)).toBe(list)
    expect(withOlder(list, { events: [], total: 4 }, 8)).toEqual({ ...list, total: 2 })
  })

  it('keeps what was loaded further down when its first events are loaded again', () => {
    const first = { events: Array.from({ length: 500 }, (_, index) => event(1_000 - index)), total: 1_000 }
    const list = { events: [...first.events, event(500), event(499)], total: 1_000 }
    expect(numbersOf(withFirst(list, first))).toHaveLength(502)
    expect(withFirst(list, two)).toBe(two)
  })
})

describe('the form of a field', () => {
  const text = { type: 'string', multiple: false, keyValue: false } as const
  const object = { type: 'object', multiple: false, keyValue: true } as const

  it.each([
    [pathValue('$.event'), text, 'path'],
    [pathsValue('$.a', '$.b'), text, 'path-else'],
    ['order', text, 'fixed'],
    [false, { ...text, type: 'boolean' as const }, 'fixed'],
    ['', text, 'fixed'],
    [undefined, text, 'empty'],
    [null, text, 'empty'],
    [{ '@template': '{{event}}' }, text, 'json'],
    [{ '@if': { exists: pathValue('$.a'), then: pathValue('$.b'), else: pathValue('$.c') } }, text, 'json'],
    [undefined, object, 'keys'],
    [{ 3: pathValue('$.plan') }, object, 'keys'],
    [{ '@merge': { direction: 'right', objects: [] } }, object, 'json'],
    [['a'], { ...text, multiple: true }, 'list'],
    [['a', 1], { ...text, multiple: true }, 'json']
  ])('of %j is told', (value, field, form) => {
    expect(formOf(value, field)).toBe(form)
  })

  it('is the chosen one, whatever the value was before', () => {
    for (const form of formsFor(text).filter((offered) => offered !== 'json')) {
      for (const before of [
        undefined,
        null,
        '',
        5,
        true,
        pathValue('$.a'),
        pathsValue('$.a', '$.b'),
        { a: 1 },
        ['a']
      ]) {
        expect(formOf(converted(form, before), text)).toBe(form)
      }
    }
  })

  it('keeps the first path from one path to two and back', () => {
    expect(converted('path-else', pathValue('$.a'))).toEqual(pathsValue('$.a', '$.'))
    expect(converted('path', pathsValue('$.a', '$.b'))).toEqual(pathValue('$.a'))
  })
})

it('fills an object key by key and gives back what it was given', () => {
  const value = { 1: pathValue('$.a'), plan: 'gold', values: ['a', 'b'], none: null, deep: { '@template': 'x' } }
  expect(objectOf(Object.entries(value).map(entryOf))).toEqual(value)
})

it('ignores unfinished entries of an object, and the second of two entries with the same key', () => {
  const [first, second, nameless, broken] = [
    ['a', 1],
    ['a', 2],
    ['', 3],
    ['b', 4]
  ].map((pair) => entryOf(pair as [string, unknown]))
  expect(objectOf([first, second, nameless, { ...broken, text: '{' }])).toEqual({ a: 1 })
})

it('shows a field only if the fields it depends on have the right values', () => {
  const field = {
    dependsOn: { match: 'all' as const, conditions: [{ fieldKey: 'visitEventType', operator: 'is_not' as const }] }
  }
  expect(isShown(field, {})).toBe(false)
  expect(isShown(field, { visitEventType: '' })).toBe(false)
  expect(isShown(field, { visitEventType: 'PAGE' })).toBe(true)
  expect(isShown(field, { visitEventType: pathValue('$.kind') })).toBe(true)
  expect(isShown({}, {})).toBe(true)
})

describe('the place where a text stops being JSON', () => {
  it.each([
    ['{\n  "type": track\n}', 2, 11, 'Expected a value, found "t".'],
    ['{"a": 1,}', 1, 9, 'Expected a key in double quotes, found "}".'],
    ['{"a": 1', 1, 8, 'Expected a comma or }, the text ends.'],
    ['[1 2]', 1, 4, 'Expected a comma or ], found "2".'],
    ['{"a" 1}', 1, 6, 'Expected a colon, found "1".'],
    ['{} x', 1, 4, 'Unexpected text after the JSON value.'],
    ['["a\nb"]', 1, 2, 'This string is not closed, or contains a character that must be escaped.'],
    ['01', 1, 1, 'Expected a value, found "0".']
  ])('in %j is told', (text, line, column, message) => {
    expect(jsonProblem(text)).toMatchObject({ line, column, message })
  })

  it('is null for valid JSON', () => {
    fc.assert(fc.property(fc.json(), (text) => jsonProblem(text) === null))
  })

  it('is found in any JSON that was cut off', () => {
    const cut = fc.tuple(fc.json(), fc.nat()).map(([text, at]) => `[${text.slice(0, at % (text.length + 1))}`)
    fc.assert(fc.property(cut, (text) => (jsonProblem(text)?.position ?? -1) >= 0))
  })
})

describe('events that a user wrote', () => {
  it.each([
    ['{"type": "track"}', 1, null],
    ['[{"type": "track"}, {"type": "page"}]', 2, null],
    ['', undefined, 'Enter an event.'],
    ['[]', undefined, 'The array is empty.'],
    ['[1]', undefined, 'An event must be a JSON object.'],
    ['{', undefined, null]
  ])('are found in %j', (text, count, problem) => {
    const written = eventsIn(text)
    expect([written.events?.length, written.problem]).toEqual([count, problem])
  })
})

it('finds any visitor code again in the place it was put into', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (code) => visitorAt(`#${visitorPlace(code)}`) === code)
  )
})

it.each([
  [0, '0 s'],
  [59.6, '1 min'],
  [75, '1 min 15 s'],
  [7_948_800, '92 d'],
  [90_061, '1 d 1 h'],
  [-5, '0 s']
])('tells %d seconds as %s', (seconds, words) => {
  expect(duration(seconds)).toBe(words)
})

describe('what Kameleoon did, in words', () => {
  const result = (what: string, value: unknown, key = 'AB12') => ({
    ...{ what, key, value, visitorCode: 'v1', kind: 'kept' as const, reason: null }
  })

  it.each([
    [
      { ...result('CONVERSION', { goalId: 7, revenue: 49.9, negative: false }), name: 'Order', currency: 'EUR' },
      'Conversion of Order, 49.90 EUR'
    ],
    [
      { ...result('CONVERSION', { goalId: 7, revenue: 30, negative: true }), name: 'Order' },
      'Conversion of Order, 30 refunded'
    ],
    [
      { ...result('CONVERSION', { goalId: 7, revenue: 0 }), name: 'Tried', goal: 'new' as const },
      'Conversion of Tried (a new goal, which is created)'
    ],
    [
      { ...result('CONVERSION', { revenue: 5 }), name: 'Tried', goal: 'assumed' as const },
      'Conversion of Tried (the goal of this name, or a new one), 5'
    ],
    [
      { ...result('CONVERSION', { goalId: 8, revenue: 5 }), goal: 'missing' as const },
      'Conversion of goal 8 (there is no such goal), 5'
    ],
    [{ ...result('CUSTOMDATA', { index: 3, valuesCountMap: { gold: 1 } }), name: 'Plan' }, 'Custom data Plan: gold'],
    [result('CONVERSION', { goalId: 8, revenue: 0, negative: false }), 'Conversion of goal 8'],
    [result('CONVERSION', null), 'Conversion'],
    [result('PAGE', { href: 'https://a.example/b', title: 'Shop' }), 'Page view: Shop'],
    [result('PAGE', { href: 'https://a.example/b' }), 'Page view: https://a.example/b'],
    [result('PAGE', null), 'Page view'],
    [result('CUSTOMDATA', { index: 3, valuesCountMap: { gold: 1, silver: 1 } }), 'Custom data 3: gold, silver'],
    [result('CUSTOMDATA', null), 'Custom data'],
    [result('map', { plan: 'gold', age: 3 }, 'IDENTIFY_u1'), 'Stored for u1: plan, age'],
    [result('map', { buyers: true, gone: null }, 'COHORTS_u1'), 'Audiences of u1: buyers'],
    [result('map', {}, 'COHORTS_u1'), 'Audiences of u1: none'],
    [result('map', { kameleoonVisitorCode: 'v1' }, 'LINK_u1'), 'Link from u1 to visitor v1'],
    [result('map', {}, 'OTHER'), 'Stored under OTHER'],
    [result('GEOLOCATION', {}), 'GEOLOCATION']
  ])('%j', (part, words) => {
    expect(resultInWords(part)).toBe(words)
  })
})

it.each([
  ['status:failed type:track visitor:v1', true],
  ['order', false],
  ['goal:7', false],
  ['mapping:page-calls', false]
])('knows whether the page can apply the search %s to a new event: %s', (q, expected) => {
  expect(canFilterHere(queryOf(q))).toBe(expected)
})

describe('what Kameleoon did with a part of an event, in short', () => {
  const part: ShortResult = {
    ...{ kind: 'kept', what: 'CONVERSION', goalId: 7, goalName: 'Order', amount: 49.9, currency: 'EUR', text: null }
  }
  it.each<[Partial<ShortResult>, string]>([
    [{}, 'Conversion of Order, 49.90 EUR'],
    [{ amount: -30, currency: null }, 'Conversion of Order, 30 refunded'],
    [{ goalName: null, amount: 0 }, 'Conversion of goal 7'],
    [{ kind: 'discarded' }, 'Discarded: Conversion of Order, 49.90 EUR'],
    [{ kind: 'duplicate', amount: null }, 'Duplicate, not counted again: Conversion of Order'],
    [{ kind: 'sent', amount: null }, 'Sent: Conversion of Order'],
    [{ kind: 'not-taken', what: 'PAGE', text: 'Shop' }, 'Not received: Page view: Shop'],
    [{ what: 'CUSTOMDATA', text: '3: gold' }, 'Custom data 3: gold'],
    [{ what: 'map', text: 'IDENTIFY_u1' }, 'Stored data of u1'],
    [{ what: 'map', text: 'OTHER' }, 'Stored under OTHER'],
    [{ what: 'GEOLOCATION' }, 'Geolocation']
  ])('%j', (given, words) => {
    expect(shortResultInWords({ ...part, ...given })).toBe(words)
  })
})

describe('the place of a list of events', () => {
  it.each(['', 'status:failed', 'goal:"Newsletter signup" ä&=#?%'])('keeps the search %s', (q) => {
    expect(queryIn(`#${eventListPlace(q)}`)).toBe(q)
    expect(queryIn(`#${eventPlace('a/b', q)}`)).toBe(q)
    expect(placeIn(`#${eventPlace('a/b', q)}`).path).toBe('/events/a%2Fb')
  })

  it('names a visitor with any code', () => {
    expect(queryIn(`#${eventsOfVisitorPlace('a "b" c')}`)).toBe('visitor:"a \\"b\\" c"')
  })
})

it.each([
  [49.9, '49.90'],
  [10, '10'],
  [1_234_567, '1,234,567'],
  [0.005, '0.01']
])('writes the amount %d as %s', (amount, words) => {
  expect(money(amount)).toBe(words)
})

describe('an HTTP message as text', () => {
  it('has the request line, the host and the headers before the body', () => {
    const request = { method: 'POST', url: 'https://a.example/b?c=1', headers: { accept: '*/*' }, body: '{"d":1}' }
    expect(rawRequest({ ...request, curl: '', tokenCurl: null, sentTo: null })).toBe(
      'POST /b?c=1 HTTP/1.1\nhost: a.example\naccept: */*\n\n{"d":1}'
    )
  })

  it('has the status line, and a JSON body with indentation', () => {
    expect(rawResponse({ status: 200, headers: {}, body: '{"d":1}' })).toBe('HTTP/1.1 200\n\n{\n  "d": 1\n}')
  })
})

it('shows the address and the write key in every code example', () => {
  for (const { code } of snippetsFor('http://127.0.0.1:4747', 'key-1')) {
    expect(code).toContain('127.0.0.1:4747')
    expect(code).toContain('key-1')
  }
})

describe('the chart of conversions in words', () => {
  const at = (hour: number) => `2020-01-01T0${hour}:00:00.000Z`

  it('names the total and the time in which most conversions happened', () => {
    const words = chartInWords([
      { at: at(1), conversions: 1 },
      { at: at(2), conversions: 3 }
    ])
    expect(words).toMatch(/^4 conversions from .* to .*; most, 3, from .*\.$/)
  })

  it('names no busiest time when there is only one conversion', () => {
    expect(chartInWords([{ at: at(1), conversions: 1 }])).toMatch(/^1 conversion from [^;]*\.$/)
  })
})
