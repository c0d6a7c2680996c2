import type { Delivery, EventDetail } from '../contract'
import { endWorkbenches, runningWorkbench } from './running-workbench'

afterEach(endWorkbenches)

const ORDER = {
  userId: 'user-1',
  event: 'Order Completed',
  properties: { kameleoonVisitorCode: 'visitor-1', revenue: 9.5 }
}

function matchedIn({ deliveries }: EventDetail): Delivery {
  const [matched] = deliveries.filter((delivery) => delivery.matched)
  return matched
}

const isOfMaps = (shown: unknown): boolean => typeof shown !== 'string' || shown.includes('/map/')

describe('the way of an event', () => {
  it('shows which mappings it matched, and for the others which part of the filter failed', async () => {
    const { track, send, detail, context } = await runningWorkbench()
    const { mapping } = context.subscriptions.list()[0]
    const rich = {
      name: 'Rich',
      partnerAction: 'logEvent',
      enabled: true,
      mapping,
      subscribe: 'type = "track" and properties.revenue > 100'
    }
    expect((await send('POST', '/api/subscriptions', rich)).status).toBe(201)
    expect((await send('POST', '/api/subscriptions', { ...rich, name: 'Off', enabled: false })).status).toBe(201)
    await track('/v1/track', ORDER)
    await context.delivery.idle()
    const { deliveries } = await detail(1)
    expect(
      deliveries.map(({ subscriptionName, matched, whyNot, status }) => [subscriptionName, matched, whyNot, status])
    ).toEqual([
      ['Track Calls', true, null, 'delivered'],
      ['Page Calls', false, 'type = "page", but it is "track"', 'filtered'],
      ['Group Calls', false, 'type = "group", but it is "track"', 'filtered'],
      ['Identify Calls', false, 'type = "identify", but it is "track"', 'filtered'],
      ['Screen Calls', false, 'type = "screen", but it is "track"', 'filtered'],
      ['Rich', false, 'properties.revenue > 100, but it is 9.5', 'filtered'],
      ['Off', false, 'The mapping is disabled', 'filtered']
    ])
  })

  it('shows the payload, the exact request, and what Kameleoon kept of this event alone', async () => {
    const { track, detail, context } = await runningWorkbench()
    const others = [1, 2].map((n) => ({ type: 'track', ...ORDER, properties: { kameleoonVisitorCode: `other-${n}` } }))
    await track('/v1/batch', { batch: [others[0], { type: 'track', ...ORDER }, others[1]] })
    await context.delivery.idle()
    const delivery = matchedIn(await detail(2))
    expect(delivery.payload).toMatchObject({
      kameleoonVisitorCode: 'visitor-1',
      revenue: '9.5',
      event: 'Order Completed'
    })
    const [attempt] = delivery.attempts
    expect(attempt).toMatchObject({
      number: 1,
      batchSize: 3,
      status: 200,
      outcome: 'delivered',
      reason: null,
      nextAttemptAt: null
    })
    const sent = attempt.exchanges[attempt.exchanges.length - 1]
    expect(sent).toMatchObject({ sharedBy: 3, error: null, response: { status: 204 } })
    expect(sent.request).toMatchObject({
      method: 'POST',
      url: 'https://eu-data.kameleoon.io/visit/events?siteCode=emulated01&json=true&bodyUa=true',
      headers: {
        'content-type': 'application/json',
        authorization: '<redacted>',
        'user-agent': expect.stringContaining('SegmentKameleoonDestination') as string
      }
    })
    expect(JSON.parse(sent.request.body ?? '')).toHaveLength(3)
    expect(sent.results).toEqual([
      {
        ...{ what: 'CONVERSION', visitorCode: 'visitor-1', kind: 'kept', reason: null },
        key: expect.stringMatching(/^[0-9A-F]{16}$/) as string,
        value: expect.objectContaining({ revenue: 9.5 }) as object
      }
    ])
  })

  it('shows a replay as duplicates, and keeps them out of Kameleoon', async () => {
    const { track, send, events, detail, context } = await runningWorkbench()
    await track('/v1/track', ORDER)
    await context.delivery.idle()
    const [{ id }] = await events()
    expect((await send('POST', `/api/events/${id}/replay`)).status).toBe(202)
    await context.delivery.idle()
    const resultsOf = async (number: number) =>
      matchedIn(await detail(number)).attempts[0].exchanges.flatMap(({ results }) => results)
    expect(await resultsOf(1)).toMatchObject([{ kind: 'kept' }])
    expect(await resultsOf(2)).toMatchObject([{ kind: 'duplicate', reason: 'stored before' }])
    expect((await events())[0]).toMatchObject({ origin: 'replay', status: 'delivered' })
    expect((await detail(2)).event).toEqual((await detail(1)).event)
    expect(context.emulator.visitor('visitor-1')?.conversions).toHaveLength(1)
  })

  it('gives equal events of one batch a result each', async () => {
    const { track, detail, context } = await runningWorkbench()
    await track('/v1/batch', { batch: [1, 2].map(() => ({ type: 'track', ...ORDER, messageId: 'same' })) })
    await context.delivery.idle()
    const kinds = [1, 2].map(async (number) =>
      matchedIn(await detail(number)).attempts[0].exchanges.flatMap(({ results }) => results)
    )
    expect((await Promise.all(kinds)).map(([result]) => result.kind)).toEqual(['kept', 'duplicate'])
  })

  it('shows what Kameleoon accepted and then discarded, and counts it', async () => {
    const { track, send, events, state, detail, context } = await runningWorkbench()
    const [trackCalls] = context.subscriptions.list()
    const { id, ...draft } = trackCalls
    const answer = await send('PUT', `/api/subscriptions/${id}`, {
      ...draft,
      mapping: { ...draft.mapping, goalId: '4711' }
    })
    expect(answer.status).toBe(200)
    await track('/v1/track', ORDER)
    await context.delivery.idle()
    expect(await events()).toMatchObject([{ status: 'delivered', discarded: 1 }])
    expect((await state()).counts).toMatchObject({ delivered: 1, discarded: 1 })
    const { exchanges } = matchedIn(await detail(1)).attempts[0]
    expect(exchanges[exchanges.length - 1].results).toMatchObject([
      { what: 'CONVERSION', kind: 'discarded', reason: 'goal unknown in this project (goalId)', value: 4711 }
    ])
  })

  it('shows what was kept under each key of the maps', async () => {
    const { track, detail, context } = await runningWorkbench()
    await track('/v1/identify', { userId: 'user-1', traits: { kameleoonVisitorCode: 'visitor-1', plan: 'Gold' } })
    await context.delivery.idle()
    const results = matchedIn(await detail(1)).attempts[0].exchanges.flatMap((exchange) => exchange.results)
    expect(Object.fromEntries(results.map(({ key, kind }) => [key, kind]))).toEqual({
      ...{ 'IDENTIFY_visitor-1': 'kept', 'IDENTIFY_user-1': 'kept', 'LINK_user-1': 'kept' }
    })
    expect(results.find(({ key }) => key === 'IDENTIFY_user-1')?.value).toMatchObject({ plan: 'Gold' })
  })

  it('shows an event the goal that was made for it, and none that was made for others', async () => {
    const { track, detail, context } = await runningWorkbench()
    await track('/v1/batch', { batch: ['New One', 'New Two'].map((event) => ({ type: 'track', ...ORDER, event })) })
    await context.delivery.idle()
    const goals = matchedIn(await detail(2)).attempts[0].exchanges.filter(
      ({ request }) => request.url.endsWith('/goals') && request.method === 'POST'
    )
    expect(goals.map(({ request }) => JSON.parse(request.body ?? '') as unknown)).toMatchObject([
      { name: 'SegmentIO track - New Two' }
    ])
  })

  it('shows no requests of other events with the same ids for an event that was not sent', async () => {
    const { track, detail, context } = await runningWorkbench()
    const traits = { kameleoonVisitorCode: 'visitor-1', plan: 'Gold' }
    const broken = { ...traits, kameleoonVisitorCode: 'two\nlines' }
    await track('/v1/batch', {
      batch: [traits, broken].map((given) => ({ type: 'identify', userId: 'user-1', traits: given }))
    })
    await context.delivery.idle()
    const [rejected] = matchedIn(await detail(2)).attempts
    expect(rejected).toMatchObject({ outcome: 'rejected', status: 400, batchSize: 2 })
    expect(rejected.exchanges.flatMap(({ request, results }) => [request.url, ...results]).filter(isOfMaps)).toEqual([])
    const [kept] = matchedIn(await detail(1)).attempts
    expect(kept.exchanges.flatMap(({ results }) => results)).toHaveLength(3)
  })

  it('shows no secret anywhere', async () => {
    const { track, get, events, context } = await runningWorkbench()
    await track('/v1/track', ORDER)
    await context.delivery.idle()
    const [{ id }] = await events()
    const text = JSON.stringify([await get(`/api/events/${id}`), await get('/api/events'), await get('/api/state')])
    const { secret } = JSON.parse(Buffer.from(context.emulator.apiKey, 'base64').toString()) as { secret: string }
    expect(text).toContain('/oauth/token')
    for (const hidden of [secret, context.emulator.apiKey, 'eyJ']) expect(text).not.toContain(hidden)
    expect(text).toContain('Bearer $TOKEN')
  })

  it('goes on with the mapping as it was for events it took before a change', async () => {
    const { track, send, detail, context } = await runningWorkbench({ gatherMs: 200 })
    await track('/v1/track', ORDER)
    const [{ id, ...draft }] = context.subscriptions.list()
    await send('PUT', `/api/subscriptions/${id}`, { ...draft, enabled: false })
    await track('/v1/track', ORDER)
    await context.delivery.idle()
    expect((await detail(1)).deliveries[0]).toMatchObject({ matched: true, status: 'delivered' })
    expect((await detail(2)).deliveries[0]).toMatchObject({ matched: false, whyNot: 'The mapping is disabled' })
  })

  it('sends one by one where batching is off', async () => {
    const { track, send, detail, context } = await runningWorkbench()
    const [{ id, ...draft }] = context.subscriptions.list()
    await send('PUT', `/api/subscriptions/${id}`, { ...draft, mapping: { ...draft.mapping, enable_batching: false } })
    await track('/v1/batch', { batch: [1, 2, 3].map((n) => ({ type: 'track', ...ORDER, userId: `user-${n}` })) })
    await context.delivery.idle()
    for (const number of [1, 2, 3])
      expect(matchedIn(await detail(number)).attempts).toMatchObject([{ batchSize: 1, outcome: 'delivered' }])
  })

  it('rejects every event in words when the settings cannot be used, and delivers again when they can', async () => {
    const { track, send, events, context } = await runningWorkbench()
    await context.settings.save({ values: { sitecode: 'emulated01', apiKey: 'not a key at all' } })
    await track('/v1/track', ORDER)
    await context.delivery.idle()
    expect(await events()).toMatchObject([{ status: 'rejected', reason: expect.stringMatching(/API Key/i) as string }])
    expect((await send('POST', '/api/settings/reset')).status).toBe(200)
    await track('/v1/track', ORDER)
    await context.delivery.idle()
    expect((await events())[0]).toMatchObject({ status: 'delivered' })
  })
})
