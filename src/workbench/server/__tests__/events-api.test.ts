import { endWorkbenches, runningWorkbench } from '../../__tests__/running-workbench'
import type { EventSummary, Sample } from '../../contract'
import { queryPart } from '../../contract/event-query-text'

afterEach(endWorkbenches)

const PROPERTIES = { kameleoonVisitorCode: 'visitor-1', revenue: 49.9, currency: 'EUR' }

async function workbenchWithEvents() {
  const workbench = await runningWorkbench()
  const events = [
    { type: 'track', userId: 'ana', event: 'Order Completed', properties: PROPERTIES },
    { type: 'page', userId: 'ben', name: 'Pricing', properties: { title: 'Fußball' } },
    { type: 'track', anonymousId: 'eva', event: 'Signed Up' },
    { type: 'alias', userId: 'ben', previousId: 'x' }
  ]
  await workbench.track('/v1/batch', { batch: events })
  await workbench.context.delivery.idle()
  return workbench
}

describe('the event stream', () => {
  it.each([
    ['', [4, 3, 2, 1]],
    ['ORDER', [1]],
    ['FUSSBALL', []],
    ['fußball', [2]],
    ['status:delivered', [2, 1]],
    ['status:failed', [3]],
    ['status:filtered', [4]],
    ['type:track', [3, 1]],
    ['visitor:visitor-1', [1]],
    ['visitor:ben', [4, 2]],
    ['type:track signed', [3]],
    ['type:track type:page', [3, 2, 1]],
    ['goal:310001', [1]],
    ['goal:"order completed"', [1]],
    ['mapping:page-calls', [2]],
    ['after:2020-01-01 before:2020-01-02T10:00Z', []],
    ['after:2020-01-01', [4, 3, 2, 1]],
    ['310001', [1]],
    ['"No mapping matched"', [4]]
  ])('lists for the search %s', async (q, numbers) => {
    const { events } = await workbenchWithEvents()
    expect((await events(`q=${encodeURIComponent(q)}`)).map(({ number }) => number)).toEqual(numbers)
  })

  it.each([
    ['before=3', [2, 1]],
    ['above=3', [4]],
    ['above=1&before=4&q=type:track', [3]]
  ])('lists for the range %s', async (range, numbers) => {
    const { events } = await workbenchWithEvents()
    expect((await events(range)).map(({ number }) => number)).toEqual(numbers)
  })

  it('finds an event by a nonce that was sent for it, by its message id and by the reason of its failure', async () => {
    const { events, detail } = await workbenchWithEvents()
    const [exchange] = (await detail(1)).deliveries[0].attempts[0].exchanges.slice(-1)
    const [order, failed] = [(await events('q=visitor:visitor-1'))[0], (await events('q=status:failed'))[0]]
    const numbers = [exchange.results[0].key, order.messageId, failed.reason].map(async (text) =>
      (await events(`q=${encodeURIComponent(queryPart('text', String(text)))}`)).map(({ number }) => number)
    )
    expect(await Promise.all(numbers)).toEqual([[1], [1], [3]])
  })

  it('tells what is before and after an event among those that match', async () => {
    const { events, get } = await workbenchWithEvents()
    const ids = (await events()).map(({ id }) => id).reverse()
    const near = (number: number, q: string) => get(`/api/events/${ids[number - 1]}/neighbours?q=${q}`)
    expect(await near(2, '')).toEqual({ newer: ids[2], older: ids[0] })
    expect(await near(2, 'type:track')).toEqual({ newer: ids[2], older: ids[0] })
    expect(await near(3, 'type:track')).toEqual({ newer: null, older: ids[0] })
    expect(await near(4, 'type:page')).toEqual({ newer: null, older: ids[1] })
  })

  it('shows in short what Kameleoon kept, with the currency that the event names', async () => {
    const { events } = await workbenchWithEvents()
    const [page, order] = (await events('q=status:delivered')).map(({ results }) => results)
    expect(page).toMatchObject([{ kind: 'kept', what: 'CONVERSION', goalName: 'SegmentIO page - Pricing', amount: 0 }])
    expect(order).toEqual([
      {
        ...{ kind: 'kept', what: 'CONVERSION', goalId: 310001, goalName: 'Order Completed' },
        ...{ amount: 49.9, currency: 'EUR', text: null }
      }
    ])
  })

  it('is read in pages, from the newest event on', async () => {
    const { get } = await workbenchWithEvents()
    const page = await get<{ events: EventSummary[]; total: number }>('/api/events?limit=2')
    expect([page.events.map(({ number }) => number), page.total]).toEqual([[4, 3], 4])
    const next = await get<{ events: EventSummary[]; total: number }>('/api/events?limit=2&before=3')
    expect([next.events.map(({ number }) => number), next.total]).toEqual([[2, 1], 4])
  })

  it.each([
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['limit=many', 'limit'],
    ['q=status:lost', 'q'],
    ['q=after:yesterday', 'q'],
    [`q=${'x'.repeat(2_001)}`, 'q'],
    [`q=${Array.from({ length: 31 }, (_, index) => `a${index}`).join('%20')}`, 'q'],
    ['before=x', 'before']
  ])('rejects "%s" and names the field', async (query, field) => {
    const { get } = await runningWorkbench()
    expect(await get(`/api/events?${query}`)).toMatchObject({ error: { problems: [{ field }] } })
  })

  it('answers 404 for an event that is not kept', async () => {
    const { address, get } = await runningWorkbench()
    expect((await fetch(`${address}/api/events/nothing`)).status).toBe(404)
    expect(await get('/api/events/nothing')).toEqual({
      error: { message: expect.stringContaining('not kept') as string }
    })
  })

  it('is emptied with or without the data of the emulator', async () => {
    const { send, state, events, context } = await workbenchWithEvents()
    expect((await send('DELETE', '/api/events')).status).toBe(204)
    expect(await events()).toEqual([])
    expect((await state()).counts).toMatchObject({ received: 0, delivered: 0 })
    expect(context.emulator.visitors()).toContain('visitor-1')
    expect((await send('DELETE', '/api/events?kameleoon=true')).status).toBe(204)
    expect(context.emulator.visitors()).toEqual([])
  })

  it('goes on delivering after the emulator was emptied, which then knows no nonce', async () => {
    const { send, events, context } = await workbenchWithEvents()
    const sent = { type: 'track', userId: 'ana', event: 'Order Completed', properties: PROPERTIES, messageId: 'again' }
    await send('POST', '/api/events', { event: sent })
    await context.delivery.idle()
    await send('DELETE', '/api/events?kameleoon=true')
    await send('POST', '/api/events', { event: sent })
    await context.delivery.idle()
    expect(await events()).toMatchObject([{ status: 'delivered', discarded: 0 }])
    expect(context.emulator.visitor('visitor-1')?.conversions).toHaveLength(1)
  })
})

describe('sending from the page', () => {
  it('sends one event or many, and returns their ids', async () => {
    const { send, events, context } = await runningWorkbench()
    const event = { type: 'track', userId: 'ana', event: 'Order Completed', properties: PROPERTIES }
    const one = await send('POST', '/api/events', { event })
    const many = await send('POST', '/api/events', { events: [event, event] })
    expect([one.status, many.status]).toEqual([202, 202])
    const ids = [one, many].map(async (answer) => ((await answer.json()) as { ids: string[] }).ids)
    await context.delivery.idle()
    const listed = await events()
    expect(listed.map(({ id }) => id).reverse()).toEqual((await Promise.all(ids)).flat())
    expect(listed.map(({ origin, status }) => [origin, status])).toEqual(Array(3).fill(['page', 'delivered']))
    expect(new Set(listed.map(({ messageId }) => messageId)).size).toBe(3)
  })

  it('sends nothing when one event is not valid, and names every field', async () => {
    const { send, events } = await runningWorkbench()
    const good = { type: 'identify', userId: 'ana' }
    const answer = await send('POST', '/api/events', {
      events: [good, { type: 'track' }, { type: 'sale', userId: 'a' }]
    })
    expect(answer.status).toBe(400)
    const { error } = (await answer.json()) as { error: { message: string; problems: { field: string }[] } }
    expect(error.problems.map(({ field }) => field)).toEqual(['events[1].event', 'events[1].userId', 'events[2].type'])
    expect(await events()).toEqual([])
  })

  it.each([
    ['{"event": ', /not JSON/],
    ['{}', /event/],
    ['{"event": "text"}', /event/],
    ['{"events": []}', /event/]
  ])('rejects the body %s', async (body, message) => {
    const { address } = await runningWorkbench()
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${address}/api/events`, { method: 'POST', headers, body })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { message: expect.stringMatching(message) as string } })
  })

  it('sends every sample as a new event, with the outcome that its label says', async () => {
    const { get, send, events, context } = await runningWorkbench()
    const samples = await get<Sample[]>('/api/samples')
    for (const { id } of [...samples, ...samples]) expect((await send('POST', `/api/samples/${id}`)).status).toBe(202)
    await context.delivery.idle()
    const listed = (await events()).reverse()
    expect(new Set(listed.map(({ messageId }) => messageId)).size).toBe(listed.length)
    const statuses = samples.map(({ id }, index) => [id, listed[index].status])
    expect(Object.fromEntries(statuses)).toEqual({
      ...{ order: 'delivered', 'new-goal': 'delivered', page: 'delivered', screen: 'delivered', identify: 'delivered' },
      ...{ group: 'delivered', audience: 'delivered', 'no-visitor': 'rejected', alias: 'filtered' }
    })
    expect(context.emulator.discarded).toEqual([])
    expect((await send('POST', '/api/samples/none')).status).toBe(404)
  })
})
