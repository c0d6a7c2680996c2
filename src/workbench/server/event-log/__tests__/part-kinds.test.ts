import type { RecordedExchange } from '../../../../segment-host'
import type { SentParts, TracedRequest } from '../batch-trace'
import { partKinds, strongest } from '../part-kinds'
import { shortResults } from '../short-results'
import { sentPartsInShort } from '../sent-part'

const sent = (nonces: string[], keys: string[] = []): SentParts => ({ name: null, visitorCode: null, nonces, keys })

function request(status: number, nonces: string[], results: [string, 'kept' | 'duplicate' | 'discarded'][] | null) {
  const exchange: RecordedExchange = {
    ...{ id: '1', at: 0, milliseconds: 1, method: 'POST', headers: {}, error: null },
    url: 'https://eu-data.kameleoon.io/visit/events?siteCode=x',
    body: JSON.stringify(nonces.map((nonce) => ({ nonce, eventType: 'PAGE' }))),
    response: { status, headers: {}, body: '' }
  }
  const parts = results?.map(([key, kind]) => ({ what: 'PAGE', key, visitorCode: null, kind, reason: null, value: {} }))
  return { exchange, result: parts ? { parts, whenLate: () => undefined } : null } satisfies TracedRequest
}

const kindsOf = (...batch: Parameters<typeof partKinds>) =>
  partKinds(...batch).map((kinds) => Object.fromEntries(kinds))

describe('what Kameleoon did with the parts of a batch', () => {
  it('is a result each for equal events', () => {
    const requests = [
      request(
        204,
        ['A', 'A'],
        [
          ['A', 'kept'],
          ['A', 'duplicate']
        ]
      )
    ]
    expect(kindsOf({ requests, parts: [sent(['A']), sent(['A'])] })).toEqual([{ A: 'kept' }, { A: 'duplicate' }])
  })

  it('is "not taken" for what no request brought', () => {
    const requests = [request(204, ['A'], [['A', 'discarded']])]
    expect(kindsOf({ requests, parts: [sent(['A', 'B'], ['LINK_a'])] })).toEqual([
      { A: 'discarded', B: 'not-taken', LINK_a: 'not-taken' }
    ])
  })

  it('is only "sent" for the real Kameleoon, and only when it accepted the request', () => {
    const requests = [request(500, ['A'], null), request(204, ['B'], null)]
    expect(kindsOf({ requests, parts: [sent(['A']), sent(['B'])] })).toEqual([{ A: 'not-taken' }, { B: 'sent' }])
  })

  it('stays "kept" when a later attempt is a duplicate', () => {
    expect(strongest('kept', 'duplicate')).toBe('kept')
    expect(strongest('not-taken', 'kept')).toBe('kept')
    expect(strongest('duplicate', 'not-taken')).toBe('duplicate')
  })
})

describe('the short results of an event', () => {
  const goalName = (goalId: number) => (goalId === 7 ? 'Order' : null)

  it('name goals, signed amounts, pages, custom data and maps', () => {
    const parts = sentPartsInShort(
      {
        visitEvents: [
          { nonce: 'A', eventType: 'PAGE', href: 'https://a.example', title: '' },
          { nonce: 'B', eventType: 'CONVERSION', goalId: 7, revenue: 30, negative: true },
          { nonce: 'C', eventType: 'CONVERSION', goalId: 8 },
          { nonce: 'D', eventType: 'CUSTOMDATA', index: 3, valuesCountMap: { gold: 1, silver: 2 } },
          { nonce: 'E', eventType: 'BROWSER' }
        ],
        maps: { IDENTIFY_u: {} }
      },
      goalName
    )
    const none = { goalId: null, goalName: null, amount: null }
    expect(parts).toEqual([
      { key: 'A', what: 'PAGE', ...none, text: 'https://a.example' },
      { key: 'B', what: 'CONVERSION', goalId: 7, goalName: 'Order', amount: -30, text: null },
      { key: 'C', what: 'CONVERSION', goalId: 8, goalName: null, amount: null, text: null },
      { key: 'D', what: 'CUSTOMDATA', ...none, text: '3: gold, silver' },
      { key: 'E', what: 'BROWSER', ...none, text: null },
      { key: 'IDENTIFY_u', what: 'map', ...none, text: 'IDENTIFY_u' }
    ])
  })

  it('have conversions first, then what was discarded, and at most five', () => {
    const part = (what: string, kind: 'kept' | 'discarded', amount: number | null = null) => ({
      ...{ key: what, what, kind, goalId: null, goalName: null, amount, text: null }
    })
    const parts = [
      part('map', 'kept'),
      part('PAGE', 'kept'),
      part('CUSTOMDATA', 'discarded'),
      part('CONVERSION', 'kept', 5),
      ...[1, 2, 3].map((n) => part(`OTHER${n}`, 'kept'))
    ]
    const { results, moreResults } = shortResults(parts, 'EUR')
    expect(results.map(({ what, currency }) => [what, currency])).toEqual([
      ['CONVERSION', 'EUR'],
      ['CUSTOMDATA', null],
      ['PAGE', null],
      ['OTHER1', null],
      ['OTHER2', null]
    ])
    expect(moreResults).toBe(2)
  })
})
