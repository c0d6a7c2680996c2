import fc from 'fast-check'
import { factMatches, queryHolds, readEventQuery, type EventTerm } from '../event-query'
import { queryPart, tokensIn, withoutQueryPart, withQueryPart } from '../event-query-text'

function termsIn(q: string): [string, unknown][] {
  const read = readEventQuery(q)
  if (read.kind === 'problem') throw new Error(read.message)
  return read.query.terms.map(({ kind, value }) => [kind, value])
}

describe('a search', () => {
  it.each<[string, [string, unknown][]]>([
    ['', []],
    ['  ', []],
    ['order', [['text', 'order']]],
    [
      'Two Words',
      [
        ['text', 'two'],
        ['text', 'words']
      ]
    ],
    ['"Two Words"', [['text', 'two words']]],
    ['status:failed', [['status', 'rejected']]],
    ['STATUS:Rejected', [['status', 'rejected']]],
    [
      'status:discarded type:Track',
      [
        ['status', 'discarded'],
        ['type', 'track']
      ]
    ],
    ['visitor:aB1', [['visitor', 'aB1']]],
    [
      'goal:"Newsletter signup" mapping:track-calls',
      [
        ['goal', 'Newsletter signup'],
        ['mapping', 'track-calls']
      ]
    ],
    ['goal:310001', [['goal', '310001']]],
    ['after:2026-01-31', [['after', Date.parse('2026-01-31')]]],
    ['before:2026-01-31T09:30:00+01:00', [['before', Date.parse('2026-01-31T08:30:00Z')]]],
    ['"status:failed"', [['text', 'status:failed']]],
    ['url:https://a.example', [['text', 'url:https://a.example']]],
    [
      '"currency":"EUR"',
      [
        ['text', 'currency'],
        ['text', ':"eur"']
      ]
    ],
    ['"say \\"yes\\" \\\\ no"', [['text', 'say "yes" \\ no']]],
    ['goal:"Not closed', [['goal', 'Not closed']]],
    ['"ends with \\', [['text', 'ends with ']]],
    ['status: type:"" "" order', [['text', 'order']]],
    ['order order', [['text', 'order']]],
    [
      '😀 مرحبا',
      [
        ['text', '😀'],
        ['text', 'مرحبا']
      ]
    ]
  ])('%s is read as %j', (q, terms) => {
    expect(termsIn(q)).toEqual(terms)
  })

  it.each([
    ['status:lost', /no status "lost".*waiting, retrying, delivered, filtered, failed, kept, duplicate, discarded/],
    ['status:__proto__', /no status/],
    ['after:yesterday', /"yesterday" is not a time.*after:2026-01-31/],
    ['before:2026-99-99', /not a time/],
    ['x'.repeat(2_001), /2,001 characters, and at most 2,000/],
    [Array.from({ length: 31 }, (_, index) => `w${index}`).join(' '), /31 words, and at most 30/]
  ])('%s is answered with what is wrong', (q, message) => {
    expect(readEventQuery(q)).toEqual({ kind: 'problem', message: expect.stringMatching(message) as string })
  })

  it('is split without losing a character, whatever was typed', () => {
    const typed = fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', ':', 'status:', 'goal:', '\n', 'é') })
    fc.assert(
      fc.property(typed, (text) => {
        const sources = tokensIn(text).map(({ source }) => source)
        return sources.join('').replace(/\s/g, '') === text.replace(/\s/g, '')
      })
    )
  })

  it('finds a value again that was written as a part, whatever it contains', () => {
    const value = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() !== '')
    fc.assert(
      fc.property(value, (text) => {
        const [visitor, words, ...none] = tokensIn(`${queryPart('visitor', text)} ${queryPart('text', text)}`)
        return visitor.value === text && words.value === text && words.key === 'text' && none.length === 0
      })
    )
  })

  it.each([
    [withQueryPart('status:failed order', 'status', 'delivered'), 'order status:delivered'],
    [withQueryPart('order', 'visitor', 'a b'), 'order visitor:"a b"'],
    [withQueryPart('type:page "two words"', 'type', null), '"two words"'],
    [withoutQueryPart('type:page order', 'type:page'), 'order']
  ])('is changed to %s', (changed, expected) => {
    expect(changed).toBe(expected)
  })
})

describe('whether an event matches', () => {
  const facts = { status: 'delivered' as const, discarded: 1, type: 'track', visitorCode: 'v1', receivedAt: 1_000 }
  const holds = (q: string): boolean => {
    const read = readEventQuery(q)
    if (read.kind === 'problem') throw new Error(read.message)
    return queryHolds(read.query, (term: EventTerm) => factMatches(term, facts) ?? false)
  }

  it.each([
    ['', true],
    ['status:delivered', true],
    ['status:discarded', true],
    ['status:failed', false],
    ['status:failed status:delivered', true],
    ['status:delivered type:page', false],
    ['visitor:v1', true],
    ['visitor:V1', false],
    ['after:1970-01-01T00:00:01Z', true],
    ['before:1970-01-01T00:00:01Z', false]
  ])('%s: %s', (q, expected) => {
    expect(holds(q)).toBe(expected)
  })
})
