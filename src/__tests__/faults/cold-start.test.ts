import type { FaultRule } from '../../emulator'
import { identify, times, track } from '../events'
import { startKameleoon } from '../kameleoon'
import type { Kameleoon, Outcome } from '../kameleoon'

const events = (name: string) =>
  times(200, (index) => track('Order Completed', {}, { messageId: `${name}-${index}` })).map((event, index) => ({
    ...event,
    messageId: `${name}-${index}`
  }))

function together(kameleoon: Kameleoon, name: string): Promise<Outcome[]> {
  return Promise.all(events(name).map((event) => kameleoon.single(event)))
}

const statuses = (outcomes: Outcome[]) => [...new Set(outcomes.map(({ status }) => status))]

it('makes one token request and one read of the goal list for 200 events and 20 batches at the same time', async () => {
  const kameleoon = await startKameleoon()
  const batches = Array.from({ length: 20 }, (_, batch) =>
    kameleoon.batch(
      times(10, () => track('Order Completed')).map((event, at) => ({ ...event, messageId: `${batch} ${at}` }))
    )
  )
  const outcomes = [...(await together(kameleoon, 'a')), ...(await Promise.all(batches)).flat()]
  expect(statuses(outcomes)).toEqual([200])
  expect(kameleoon.emulator.totals.requests).toEqual({
    'POST /oauth/token 200': 1,
    'GET /sites 200': 1,
    'GET /goals 200': 1,
    'POST /visit/events 204': 220
  })
})

it.each<[FaultRule, number]>([
  [{ status: 500 }, 500],
  [{ status: 503 }, 503],
  [{ status: 429, retryAfter: 9 }, 429],
  [{ status: 401 }, 401],
  [{ reset: 'before' }, 503],
  [{ reset: 'after' }, 503],
  [{ status: 200, body: { access_token: '' } }, 502]
])('does not keep a failed token request, %j, and makes one more for the next 200 events', async (fault, status) => {
  const kameleoon = await startKameleoon()
  const failing = kameleoon.emulator.faults.add({ path: '/oauth/token', times: 1, ...fault })
  expect(statuses(await together(kameleoon, 'a'))).toEqual([status])
  expect(failing.hits).toBe(1)
  expect(kameleoon.emulator.visitors()).toEqual([])

  expect(statuses(await together(kameleoon, 'b'))).toEqual([200])
  expect(kameleoon.requests('/oauth/token')).toHaveLength(2)
  expect(kameleoon.requests('/goals', 'GET')).toHaveLength(1)
})

it.each(['/sites', '/goals'])('does not keep a failed read of %s', async (path) => {
  const kameleoon = await startKameleoon()
  kameleoon.emulator.faults.add({ path, status: 503, times: 1 })
  expect(statuses(await together(kameleoon, 'a'))).toEqual([503])
  expect(kameleoon.requests(path, 'GET')).toHaveLength(1)
  expect(statuses(await together(kameleoon, 'b'))).toEqual([200])
  expect(kameleoon.requests(path, 'GET')).toHaveLength(2)
  expect(kameleoon.emulator.tokensIssued).toBe(1)
})

it('stores the traits of 200 simultaneous identify calls of one visitor, where writes replace', async () => {
  const kameleoon = await startKameleoon({ mapWrites: 'replace' })
  const calls = times(200, (index) => identify({ [`trait${index}`]: index }))
  expect(statuses(await Promise.all(calls.map((event) => kameleoon.single(event))))).toEqual([200])
  const traits = Object.fromEntries(calls.map((_, index) => [`trait${index}`, index]))
  expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: traits })
  expect(kameleoon.emulator.tokensIssued).toBe(1)
})
