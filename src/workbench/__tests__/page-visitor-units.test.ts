import * as fc from 'fast-check'
import type { TimelineEntry } from '../contract'
import { entriesOf, timelineViewIn } from '../page/visitors/timeline-view'
import { visitorListPlace, visitorSearchIn } from '../page/visitors/visitor-search'

describe('the address of the list of visitors', () => {
  const searches = fc.record({
    search: fc.string({ unit: 'grapheme' }),
    sort: fc.constantFrom('lastSeen', 'conversions', 'revenue', 'code'),
    order: fc.constantFrom('ascending', 'descending'),
    page: fc.integer({ min: 1, max: 1_000 })
  })

  it('holds every search, order and page', () => {
    fc.assert(
      fc.property(searches, (search) => {
        const place = visitorListPlace(search)
        expect(visitorSearchIn(place.slice('/visitors?'.length))).toEqual(search)
      })
    )
  })

  it('is short for the usual list', () => {
    expect(visitorListPlace(visitorSearchIn(''))).toBe('/visitors')
    expect(visitorListPlace(visitorSearchIn('sort=revenue'))).toBe('/visitors?sort=revenue')
  })

  it('counts what is not valid as missing', () => {
    expect(visitorSearchIn('sort=size&order=upwards&page=-2')).toEqual(visitorSearchIn(''))
  })
})

describe('the view of a journey', () => {
  const entry = (kind: TimelineEntry['kind'], what: string): TimelineEntry => ({
    ...{ at: '2026-03-01T10:00:00.000Z', kind, what, detail: null, amount: null, currency: null, source: null }
  })
  const timeline = [entry('page', 'c'), entry('conversion', 'b'), entry('page', 'a')]
  const shown = (search: string) =>
    entriesOf(timeline, timelineViewIn(search))
      .map(({ what }) => what)
      .join('')

  it.each([
    ['', 'cba'],
    ['order=oldest', 'abc'],
    ['show=page', 'ca'],
    ['show=page&order=oldest', 'ac'],
    ['show=nothing', 'cba']
  ])('"%s" shows %s', (search, expected) => {
    expect(shown(search)).toBe(expected)
  })
})
