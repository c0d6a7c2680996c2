import type { RecordedExchange } from '../../../../segment-host'
import { idsOfEvent } from '../event-ids'
import type { TracedAttempt } from '../mapping-trace'

function exchange(method: string, body: string): RecordedExchange {
  return {
    ...{
      id: '1',
      at: 0,
      milliseconds: 1,
      method,
      url: 'https://eu-data.kameleoon.io/map/maps?siteCode=x',
      headers: {}
    },
    ...{ body: null, response: { status: 200, headers: {}, body }, error: null }
  }
}

function attempt(exchanges: RecordedExchange[], keys: string[] = []): TracedAttempt {
  const batch = {
    requests: exchanges.map((one) => ({ exchange: one, result: null })),
    parts: [{ name: null, visitorCode: null, nonces: [], keys }]
  }
  return { at: 0, outcome: { kind: 'delivered' }, nextAttemptAt: null, batch, position: 0 }
}

const EVENT = { type: 'identify', userId: 'user-1', anonymousId: 'anon-1' }

describe('the ids an event has', () => {
  it('are its own and the visitors that stored data links to them', () => {
    const answer = { 'LINK_user-1': { kameleoonVisitorCode: 'code-1' }, LINK_other: { kameleoonVisitorCode: 'code-2' } }
    const ids = idsOfEvent(EVENT, [attempt([exchange('GET', JSON.stringify(answer))])])
    expect(ids).toEqual(new Set(['user-1', 'anon-1', 'code-1']))
  })

  it('include those under which another attempt stored it', () => {
    expect(idsOfEvent(EVENT, [attempt([]), attempt([], ['IDENTIFY_code-3', 'LINK_user-1'])])).toContain('code-3')
  })

  it.each([
    ['answers that are not JSON', 'GET', 'Bad gateway'],
    ['answers to requests that do not read maps', 'POST', '{"LINK_user-1":{"kameleoonVisitorCode":"code-1"}}'],
    ['maps that are not objects', 'GET', '{"LINK_user-1":null,"LINK_anon-1":7}']
  ])('come not from %s', (_what, method, body) => {
    expect(idsOfEvent(EVENT, [attempt([exchange(method, body)])])).toEqual(new Set(['user-1', 'anon-1']))
  })
})
