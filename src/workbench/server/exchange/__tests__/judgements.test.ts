import type { PartResult } from '../../../../emulator'
import { Judgements } from '../judgements'

function results(key: string): PartResult[] {
  return [{ what: 'PAGE', key, visitorCode: null, kind: 'kept', reason: null, value: null }]
}

describe('Judgements', () => {
  it('gives equal bodies their results in the order in which they were sent', () => {
    const judgements = new Judgements()
    const [first, second] = [judgements.expect('/p', 'body'), judgements.expect('/p', 'body')]
    judgements.handled({ path: '/p', body: 'body', results: results('1'), sender: null })
    expect([first.judged.results, second.judged.results]).toEqual([results('1'), null])
    judgements.handled({ path: '/p', body: 'body', results: results('2'), sender: null })
    expect(second.judged.results).toEqual(results('2'))
  })

  it('passes by a request that was not taken', () => {
    const judgements = new Judgements()
    const [rejected, again] = [judgements.expect('/p', 'body'), judgements.expect('/p', 'body')]
    rejected.withdraw()
    judgements.handled({ path: '/p', body: 'body', results: results('1'), sender: null })
    expect([rejected.judged.results, again.judged.results]).toEqual([null, results('1')])
  })

  it('ignores bodies that others sent', () => {
    const judgements = new Judgements()
    const { judged } = judgements.expect('/p', 'body')
    judgements.handled({ path: '/other', body: 'body', results: results('1'), sender: null })
    judgements.handled({ path: '/p', body: 'another', results: results('1'), sender: null })
    expect(judged.results).toBeNull()
  })

  it('forgets the oldest when many are never handled', () => {
    const judgements = new Judgements()
    const all = Array.from({ length: 501 }, (_, n) => judgements.expect('/p', `body ${n}`))
    judgements.handled({ path: '/p', body: 'body 0', results: results('0'), sender: null })
    judgements.handled({ path: '/p', body: 'body 1', results: results('1'), sender: null })
    expect([all[0].judged.results, all[1].judged.results]).toEqual([null, results('1')])
  })
})
