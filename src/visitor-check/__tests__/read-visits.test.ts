import type { KameleoonClient } from '../../destinations/kameleoon'
import { readVisits } from '../read-visits'

/** A client that gives this answer, and keeps the calls. */
function answering(text: string | Error) {
  const calls: unknown[] = []
  const call: KameleoonClient['call'] = (asked) => {
    calls.push(asked)
    if (text instanceof Error) return Promise.reject(text)
    return Promise.resolve({ operation: 'GET /visit/visitor', status: 200, text })
  }
  const connection = { siteCode: 'abc123def4', dataHost: 'https://eu-data.kameleoon.io' }
  // Only these members of a connection are read.
  return { calls, client: { connection, call } as unknown as KameleoonClient }
}

const conversion = (goalId: number, time: unknown) => ({ data: { goalId }, time })

describe('the visits of a visitor', () => {
  it('are asked for with everything that can be shown', async () => {
    const { client, calls } = answering('{}')
    await readVisits(client, 'visitor 1/é')
    expect(calls).toMatchObject([
      {
        ...{ method: 'GET', host: 'https://eu-data.kameleoon.io', path: '/visit/visitor' },
        query: {
          siteCode: 'abc123def4',
          visitorCode: 'visitor 1/é',
          maxNumberPreviousVisits: '25',
          currentVisit: 'true'
        }
      }
    ])
  })

  it('have the events of the current visit and of the previous ones', async () => {
    const { client } = answering(
      JSON.stringify({
        currentVisit: { timeStarted: 5, timeLastEvent: 6, conversionEvents: [conversion(1, 6)] },
        previousVisits: [{ timeStarted: 1, pageEvents: [], staticDataEvent: { data: { os: 'MAC' }, time: 2 } }]
      })
    )
    expect(await readVisits(client, 'v')).toEqual([
      {
        isCurrent: true,
        startedAt: 5,
        lastEventAt: 6,
        events: [{ eventType: 'CONVERSION', fields: { goalId: 1 }, at: 6 }]
      },
      {
        isCurrent: false,
        startedAt: 1,
        lastEventAt: null,
        events: [{ eventType: 'STATICDATA', fields: { os: 'MAC' }, at: 2 }]
      }
    ])
  })

  it.each(['', '{}', 'null', '{"currentVisit":null,"previousVisits":[]}', '{"currentVisit":{}}'])(
    'are none when the answer is %j',
    async (text) => expect(await readVisits(answering(text).client, 'v')).toEqual([])
  )

  it('are none when the answer is 404, and other errors are passed on', async () => {
    const unknown = Object.assign(new Error('unknown'), { status: 404 })
    expect(await readVisits(answering(unknown).client, 'v')).toEqual([])
    const busy = Object.assign(new Error('busy'), { status: 503 })
    await expect(readVisits(answering(busy).client, 'v')).rejects.toBe(busy)
  })

  it.each(['[]', 'busy', '"text"', '5'])('are an error when the answer is %j', async (text) => {
    await expect(readVisits(answering(text).client, 'v')).rejects.toThrow('has no visits')
  })

  it('have no time where the answer has none that can be read', async () => {
    const { client } = answering(
      JSON.stringify({ currentVisit: { timeStarted: 1e300, conversionEvents: [conversion(1, 'soon'), 7] } })
    )
    expect(await readVisits(client, 'v')).toMatchObject([{ startedAt: null, events: [{ at: null }, { fields: {} }] }])
  })
})
