import { endWorkbenches, runningWorkbench } from '../../__tests__/running-workbench'
import type { Overview } from '../../contract'

afterEach(endWorkbenches)

const NOON = Date.parse('2026-01-31T12:00:00.000Z')

async function workbenchAt(now: number) {
  const workbench = await runningWorkbench({ clock: () => now })
  const overview = (query = ''): Promise<Overview> => workbench.get<Overview>(`/api/overview${query}`)
  const send = async (...events: unknown[]): Promise<void> => {
    expect((await workbench.send('POST', '/api/events', { events })).status).toBe(202)
    await workbench.context.delivery.idle()
  }
  return { workbench, overview, send }
}

const order = { type: 'track', event: 'Order Completed', userId: 'visitor-1', messageId: 'order-1' }

it('tells what became of the events, with a search that finds those of every reason', async () => {
  const { workbench, overview, send } = await workbenchAt(NOON)
  await send(
    { ...order, properties: { revenue: 49.9, currency: 'EUR' } },
    { type: 'alias', userId: 'visitor-1', previousId: 'x' },
    { type: 'track', event: 'Order Completed', anonymousId: 'a', properties: { revenue: 'a lot' } },
    { type: 'track', event: 'Order Completed', userId: 'visitor-1', properties: { revenue: 'much' } },
    { type: 'track', event: 'Order Completed', userId: 'visitor-2', properties: { revenue: 'more' } }
  )
  const answer = await overview()
  expect(answer).toMatchObject({
    events: { received: 5, waiting: 0, retrying: 0, delivered: 1, filtered: 1, rejected: 3 },
    kameleoon: { kept: 1, duplicates: 0, discarded: 0, unknown: 0 },
    goals: [{ goalName: 'Order Completed', conversions: 1, amounts: [{ currency: 'EUR', amount: 49.9 }] }],
    mappings: [{ id: 'track-calls', taken: 4, delivered: 1, rejected: 3 }]
  })
  expect(answer.steps.at(-1)).toMatchObject({ received: 5, delivered: 1, filtered: 1, rejected: 3 })
  for (const { query, count } of answer.reasons) {
    const found = await workbench.events(`q=${encodeURIComponent(query)}`)
    expect({ query, found: found.length }).toEqual({ query, found: count })
  }
  expect(answer.reasons.map(({ count }) => count)).toContain(2)
})

it('counts a replay as a duplicate, and what Kameleoon discarded with its reason', async () => {
  const { workbench, overview, send } = await workbenchAt(NOON)
  await send(order)
  const [{ id }] = await workbench.events()
  await workbench.send('POST', `/api/events/${id}/replay`)
  await workbench.context.delivery.idle()
  expect((await overview()).kameleoon).toMatchObject({ kept: 1, duplicates: 1 })

  const { mapping } = (await workbench.get<{ mapping: object }[]>('/api/subscriptions'))[0]
  const fixed = { name: 'Fixed', partnerAction: 'logEvent', subscribe: 'event = "Lost"', enabled: true }
  const added = await workbench.send('POST', '/api/subscriptions', {
    ...fixed,
    mapping: { ...mapping, goalId: '999999' }
  })
  expect(added.status).toBe(201)
  await send({ ...order, event: 'Lost', messageId: 'lost-1' })
  const { kameleoon, reasons } = await overview()
  expect(kameleoon).toMatchObject({ kept: 1, duplicates: 1, discarded: 1 })
  expect(reasons).toMatchObject([
    {
      kind: 'discarded',
      count: 1,
      mapping: { name: 'Fixed' },
      reason: expect.stringContaining('goal unknown') as string
    }
  ])
})

it.each([
  ['', 30, 30_000],
  ['?window=1h', 30, 120_000],
  ['?window=24h', 48, 1_800_000]
])('answers "%s" with %i steps of %i milliseconds', async (query, count, length) => {
  const { overview } = await workbenchAt(NOON)
  const { steps } = await overview(query)
  expect(steps).toHaveLength(count)
  expect(Date.parse(steps[0].to) - Date.parse(steps[0].from)).toBe(length)
})

it('finds the events of a step by its times, and starts from zero after all events are deleted', async () => {
  const { workbench, overview, send } = await workbenchAt(NOON)
  await send(order)
  const { from, to } = (await overview()).steps.at(-1) ?? { from: '', to: '' }
  const q = (text: string): Promise<unknown[]> => workbench.events(`q=${encodeURIComponent(text)}`)
  expect(await q(`after:${from} before:${to}`)).toHaveLength(1)
  expect(await q(`after:${to}`)).toHaveLength(0)

  expect((await workbench.send('DELETE', '/api/events')).status).toBe(204)
  expect(await overview()).toMatchObject({ events: { received: 0, delivered: 0 }, goals: [], mappings: [] })
})
