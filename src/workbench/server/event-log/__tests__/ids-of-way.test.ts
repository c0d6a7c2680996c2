import type { TracedExchange } from '../../../../segment-host'
import { idsOfWay } from '../ids-of-way'
import type { TracedAttempt } from '../mapping-trace'

function exchange(method: string, body: string): TracedExchange {
  return {
    ...{
      id: '1',
      at: 0,
      milliseconds: 1,
      method,
      url: 'https://eu-data.kameleoon.io/map/maps?siteCode=x',
      headers: {}
    },
    ...{ body: null, response: { status: 200, headers: {}, body }, error: null, judged: null }
  }
}

function attempt(exchanges: TracedExchange[], keys: string[] = []): TracedAttempt {
  const batch = { exchanges, parts: [{ name: null, nonces: [], keys }] }
  return { at: 0, outcome: { kind: 'delivered' }, nextAttemptAt: null, batch, position: 0 }
}

const EVENT = { type: 'identify', userId: 'user-1', anonymousId: 'anon-1' }

describe('the ids an event has', () => {
  it('are its own, and the visitors they turned out to be linked to', () => {
    const answer = { 'LINK_user-1': { kameleoonVisitorCode: 'code-1' }, LINK_other: { kameleoonVisitorCode: 'code-2' } }
    const ids = idsOfWay(EVENT, [attempt([exchange('GET', JSON.stringify(answer))])])
    expect(ids).toEqual(new Set(['user-1', 'anon-1', 'code-1']))
  })

  it('are those too under which another attempt stored it', () => {
    expect(idsOfWay(EVENT, [attempt([]), attempt([], ['IDENTIFY_code-3', 'LINK_user-1'])])).toContain('code-3')
  })

  it.each([
    ['answers that are no JSON', 'GET', 'Bad gateway'],
    ['answers to anything but a question for maps', 'POST', '{"LINK_user-1":{"kameleoonVisitorCode":"code-1"}}'],
    ['maps that are none', 'GET', '{"LINK_user-1":null,"LINK_anon-1":7}']
  ])('take nothing from %s', (_what, method, body) => {
    expect(idsOfWay(EVENT, [attempt([exchange(method, body)])])).toEqual(new Set(['user-1', 'anon-1']))
  })
})
