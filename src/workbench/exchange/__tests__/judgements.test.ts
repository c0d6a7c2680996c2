import type { PartFate } from '../../../emulator'
import { Judgements } from '../judgements'

function fates(key: string): PartFate[] {
  return [{ what: 'PAGE', key, visitorCode: null, verdict: 'kept', reason: null, value: null }]
}

describe('Judgements', () => {
  it('gives equal bodies their fates in the order in which they were sent', () => {
    const judgements = new Judgements()
    const [first, second] = [judgements.expect('/p', 'body'), judgements.expect('/p', 'body')]
    judgements.handled({ path: '/p', body: 'body', fates: fates('1') })
    expect([first.judged.fates, second.judged.fates]).toEqual([fates('1'), null])
    judgements.handled({ path: '/p', body: 'body', fates: fates('2') })
    expect(second.judged.fates).toEqual(fates('2'))
  })

  it('passes by a request that was not taken', () => {
    const judgements = new Judgements()
    const [refused, again] = [judgements.expect('/p', 'body'), judgements.expect('/p', 'body')]
    refused.withdraw()
    judgements.handled({ path: '/p', body: 'body', fates: fates('1') })
    expect([refused.judged.fates, again.judged.fates]).toEqual([null, fates('1')])
  })

  it('ignores bodies that others sent', () => {
    const judgements = new Judgements()
    const { judged } = judgements.expect('/p', 'body')
    judgements.handled({ path: '/other', body: 'body', fates: fates('1') })
    judgements.handled({ path: '/p', body: 'another', fates: fates('1') })
    expect(judged.fates).toBeNull()
  })

  it('forgets the oldest when many are never handled', () => {
    const judgements = new Judgements()
    const all = Array.from({ length: 501 }, (_, n) => judgements.expect('/p', `body ${n}`))
    judgements.handled({ path: '/p', body: 'body 0', fates: fates('0') })
    judgements.handled({ path: '/p', body: 'body 1', fates: fates('1') })
    expect([all[0].judged.fates, all[1].judged.fates]).toEqual([null, fates('1')])
  })
})
