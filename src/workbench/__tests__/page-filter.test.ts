import { parseFql } from '@segment/destination-subscriptions'
import fc from 'fast-check'
import { matcherOf, queryProblem } from '../../segment-host'
import type { Action, Preset } from '../contract'
import { filterOf, type Filter, type Group, isMixed, type Row, textOf } from '../page/destination/filter/filter-model'
import { filterWarnings, possibleTypes, withType } from '../page/destination/filter/filter-warnings'
import {
  groupOperatorsOf,
  NUMBER_OPERATORS,
  operatorsOf,
  type Part,
  VALUELESS_OPERATORS,
  WITH_NAME
} from '../page/destination/filter/operators'

/** A filter without the ids of its rows, which only the page needs. */
const bare = (filter: Filter | null): unknown =>
  JSON.parse(JSON.stringify(filter, (key, value: unknown) => (key === 'id' ? undefined : value)))

const PARTS: Part[] = ['event-type', 'event', 'name', 'userId', 'event-property', 'event-trait', 'event-context']
const text = fc.string({ minLength: 1, maxLength: 12 }).map((one) => one.replace(/["\\]/g, '_'))
const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}(\.[A-Za-z_][A-Za-z0-9_]{0,4})?$/)
const number = fc.oneof(fc.integer({ min: -1e6, max: 1e6 }), fc.constantFrom(0.5, 49.9, -3.25)).map(String)

const row = (inGroup: boolean): fc.Arbitrary<Row> =>
  fc.constantFrom(...PARTS).chain((part) =>
    fc.constantFrom(...(inGroup ? groupOperatorsOf(part) : operatorsOf(part))).chain((operator) => {
      const value = NUMBER_OPERATORS.includes(operator) ? number : text
      const values =
        operator === 'one_of' ? fc.uniqueArray(text, { minLength: 2, maxLength: 4 }) : value.map((one) => [one])
      return fc.record({
        ...{ kind: fc.constant('row' as const), id: fc.constant(0), part: fc.constant(part) },
        name: WITH_NAME.includes(part) ? name : fc.constant(''),
        operator: fc.constant(operator),
        values: VALUELESS_OPERATORS.includes(operator) ? fc.constant([]) : values
      })
    })
  )
const group: fc.Arbitrary<Group> = fc.record({
  ...{ kind: fc.constant('group' as const), id: fc.constant(0), match: fc.constantFrom('and' as const, 'or' as const) },
  rows: fc.array(row(true), { minLength: 2, maxLength: 3 })
})
const filter: fc.Arbitrary<Filter> = fc.record({
  match: fc.constantFrom('and' as const, 'or' as const),
  items: fc.array(fc.oneof({ weight: 3, arbitrary: row(false) }, group), { minLength: 1, maxLength: 4 })
})

describe('the filter builder', () => {
  it('writes only texts that Segment reads', () => {
    fc.assert(
      fc.property(filter, (built) => {
        expect(queryProblem(textOf(built))).toBeNull()
        expect(matcherOf(textOf(built))).not.toBeNull()
      })
    )
  })

  it('shows again what it wrote, and writes the same text for it', () => {
    fc.assert(
      fc.property(filter, (built) => {
        const written = textOf(built)
        const read = filterOf(written)
        expect(read).not.toBeNull()
        expect(textOf(read!)).toBe(written)
        expect(bare(filterOf(textOf(read!)))).toEqual(bare(read))
        expect(parseFql(textOf(read!))).toEqual(parseFql(written))
      })
    )
  })

  it.each([
    ['type = "track"', [['event-type', '=', ['track']]]],
    ['event = "A" or event = "B"', [['event', 'one_of', ['A', 'B']]]],
    [
      'type = "track" and (event = "A" or event = "B")',
      [
        ['event-type', '=', ['track']],
        ['event', 'one_of', ['A', 'B']]
      ]
    ],
    ['properties.total >= 100', [['event-property', '>=', ['100']]]],
    ['context.page.path != null', [['event-context', 'exists', []]]],
    ['!match(event, "Order*")', [['event', 'not_starts_with', ['Order']]]]
  ])('shows %s as conditions', (written, rows) => {
    const shown = filterOf(written)?.items.map((item) =>
      item.kind === 'row' ? [item.part, item.operator, item.values] : item
    )
    expect(shown).toEqual(rows)
  })

  it('shows one level of groups', () => {
    expect(bare(filterOf('type = "track" and (event = "A" or properties.vip = true)'))).toMatchObject({
      match: 'and',
      items: [{ kind: 'row' }, { kind: 'group', match: 'or', rows: [{ part: 'event' }, { operator: 'is_true' }] }]
    })
  })

  it.each([
    'type = "track" and event = "A" or event = "B"',
    'contains(type, "tra")',
    'type = "track" and (contains(event, "A") or event = "B")',
    'properties.my\\ plan = "x"',
    'properties.plan != true',
    'event = ""',
    'type == "track"',
    '',
    `type = "track" and event = "${'x'.repeat(20_000)}"`
  ])('leaves %.60s to the text form', (written) => {
    expect(filterOf(written)).toBeNull()
  })

  it('leaves out conditions that are not complete', () => {
    const unfinished: Row = { kind: 'row', id: 1, part: 'event-property', name: '', operator: '=', values: ['x'] }
    const type: Row = { kind: 'row', id: 2, part: 'event-type', name: '', operator: '=', values: ['track'] }
    expect(textOf({ match: 'and', items: [type, unfinished] })).toBe('type = "track"')
    const noNumber: Row = { ...unfinished, name: 'total', operator: '>', values: ['many'] }
    expect(textOf({ match: 'and', items: [noNumber, { ...type, values: ['a"b'] }] })).toBe('')
  })

  it('knows a mix of "and" and "or", also within brackets, and none in texts and names', () => {
    expect(isMixed('type = "a" and event = "b" or event = "c"')).toBe(true)
    expect(isMixed('type = "a" and (event = "b" or event = "c" and name = "d")')).toBe(true)
    expect(isMixed('type = "a" and (event = "b or c" or contains(event, "and"))')).toBe(false)
    expect(isMixed('properties.and = 1 or properties.x = 2')).toBe(false)
  })
})

describe('the warnings about a filter', () => {
  const action = (key: string, title: string, type: string) =>
    // Only these members are read.
    ({ key, title, defaultSubscription: `type = "${type}"` }) as Action
  const page = action('pageEvent', 'Page Event', 'page')
  const log = action('logEvent', 'Log Event', 'track')
  const presets = [
    { automatic: true, partnerAction: 'logEvent', subscribe: 'type = "screen"' },
    { automatic: false, partnerAction: 'pageEvent', subscribe: 'type = "track"' }
  ] as Preset[]

  it.each([
    [page, 'type = "track"', 'takes only track events, but Page Event is for page events.', 'type = "page"'],
    [
      page,
      'type = "track" and name = "Pricing"',
      'takes only track events, but Page Event is for page events.',
      'type = "page" and name = "Pricing"'
    ],
    [
      log,
      'type = "page" or type = "identify"',
      'takes only page and identify events, but Log Event is for track and screen events.',
      'type = "track"'
    ],
    [
      page,
      'type = "track" and type = "page"',
      'takes no event at all, but Page Event is for page events.',
      'type = "page"'
    ],
    [log, 'type = "trakc"', 'takes no event at all, but Log Event is for track and screen events.', 'type = "track"'],
    [
      page,
      'type != "page"',
      'takes only track and screen and identify and group and alias events, but Page Event is for page events.',
      'type = "page"'
    ]
  ])('for %j: %s', (chosen, written, message, mended) => {
    const [warning] = filterWarnings(written, chosen, presets)
    expect(warning.message).toBe(`This filter ${message}`)
    expect(warning.mend?.filter).toBe(mended)
    expect(filterWarnings(mended, chosen, presets)).toEqual([])
  })

  it.each([
    [log, 'type = "screen"'],
    [log, 'event = "Order Completed"'],
    [page, 'type = "page" or type = "track"'],
    [page, 'name = "Pricing"']
  ])('are none for %j: %s', (chosen, written) => {
    expect(filterWarnings(written, chosen, presets)).toEqual([])
  })

  it('explain what a mix of "and" and "or" means to Segment', () => {
    const [warning] = filterWarnings('type = "track" and event = "A" or event = "B"', log, presets)
    expect(warning.message).toContain('Segment then uses “or” between all conditions')
  })

  it('explain that brackets around contains(…) do not work in Segment', () => {
    const written = 'type = "track" and (contains(event, "A") or event = "B")'
    expect(filterWarnings(written, log, presets)[0].message).toContain('Segment’s parser ends the brackets there')
    // As the library reads it: any event of type track, whatever its name.
    expect(matcherOf(written)?.({ type: 'track', event: 'C' } as never)).toBe(true)
  })

  it('keep other conditions when the type is mended, and put brackets around alternatives', () => {
    expect(withType('event = "A" or name = "B" or type = "track"', 'page')).toBe(
      'type = "page" and (event = "A" or name = "B")'
    )
    expect(possibleTypes('type = "track" and (name = "x" or type = "page")')).toEqual(['track'])
  })
})
