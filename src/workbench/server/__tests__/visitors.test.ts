import { type CallApi, apiOf } from '../../__tests__/call-api'
import { endWorkbenches, runningWorkbench } from '../../__tests__/running-workbench'
import type { VisitorDetail, VisitorList } from '../../contract'

afterEach(endWorkbenches)

const HOUR = 3_600_000
const START = Date.parse('2026-03-01T10:00:00.000Z')

/** A workbench whose time is set by hand. */
async function atRest() {
  const time = { now: START }
  const { context, ...workbench } = await runningWorkbench({ clock: () => time.now })
  const call = apiOf(workbench)
  const send = async (...events: object[]): Promise<void> => {
    await call('POST /events', { events })
    await context.delivery.idle()
  }
  return { time, context, call, send }
}

const order = (visitor: string, revenue: number, more: object = {}) => ({
  type: 'track',
  event: 'Order Completed',
  userId: 'user-1',
  properties: { kameleoonVisitorCode: visitor, revenue },
  ...more
})

async function detailOf(call: CallApi, id: string): Promise<VisitorDetail> {
  const { status, body } = await call(`GET /visitors/${encodeURIComponent(id)}`)
  expect(status).toBe(200)
  return body as VisitorDetail
}

describe('a visitor', () => {
  it('has conversions with goals and amounts, latest first, negative ones included', async () => {
    const { time, call, send } = await atRest()
    await send(order('visitor-1', 20.1))
    time.now += 2_000
    await send(order('visitor-1', 5, { event: 'Order Refunded' }), {
      ...order('visitor-1', 0),
      properties: { kameleoonVisitorCode: 'visitor-1' }
    })
    const { conversions, conversionsOverTime } = await detailOf(call, 'visitor-1')
    expect(conversions).toHaveLength(3)
    expect(conversions).toEqual(
      expect.arrayContaining([
        {
          at: '2026-03-01T10:00:00.000Z',
          goalId: 310001,
          goalName: 'Order Completed',
          revenue: 20.1,
          negative: false,
          currency: null,
          source: { id: expect.any(String) as string, name: 'Order Completed' },
          metadata: {}
        },
        expect.objectContaining({ goalName: 'SegmentIO track - Order Refunded', revenue: 5, negative: true }),
        expect.objectContaining({ goalName: 'Order Completed', revenue: 0, negative: false })
      ])
    )
    expect(conversions[2].at).toBe('2026-03-01T10:00:00.000Z')
    expect(conversionsOverTime.map((step) => step.conversions)).toEqual([1, 0, 2])
    const amounts = [{ currency: null, amount: 15.1 }]
    expect((await call('GET /visitors')).body).toEqual({
      visitors: [{ visitorCode: 'visitor-1', conversions: 3, amounts, lastSeen: '2026-03-01T10:00:02.000Z' }],
      total: 1
    })
  })

  it('has pages, custom data with names, and other events', async () => {
    const { call, send, context } = await atRest()
    const [tracks] = context.subscriptions.list()
    const mapping = {
      ...tracks.mapping,
      customData: { 1: 'Gold', 2: { '@path': '$.properties.tags' } },
      sendDeviceData: true
    }
    await call('PUT /subscriptions/track-calls', { ...tracks, mapping })
    await send(
      {
        type: 'page',
        name: 'Pricing',
        userId: 'visitor-2',
        properties: { url: 'https://shop.example.com/pricing', title: 'Prices' }
      },
      {
        type: 'track',
        event: 'Signed Up',
        userId: 'visitor-2',
        properties: { tags: ['a', 'b'] },
        context: { locale: 'de-DE', timezone: 'Europe/Berlin' }
      }
    )
    const { pages, customData, otherEvents } = await detailOf(call, 'visitor-2')
    const at = '2026-03-01T10:00:00.000Z'
    expect(pages).toEqual([{ at, url: 'https://shop.example.com/pricing', title: 'Prices' }])
    expect(customData).toEqual([
      { at, index: 1, name: 'Plan', values: ['Gold'] },
      { at, index: 2, name: 'Audiences', values: ['a', 'b'] }
    ])
    expect(otherEvents).toEqual([
      { at, eventType: 'STATICDATA', fields: expect.objectContaining({ localeLanguageTag: 'de-DE' }) as unknown }
    ])
  })

  it('has stored maps with their remaining time, audiences and links', async () => {
    const { time, call, send, context } = await atRest()
    const traits = { kameleoonVisitorCode: 'visitor-3', plan: 'Gold' }
    await send({ type: 'identify', userId: 'user-3', anonymousId: 'anonymous-3', traits })
    const personas = { computation_class: 'audience', computation_key: 'buyers' }
    await send({
      type: 'track',
      event: 'Audience Entered',
      userId: 'user-3',
      properties: { kameleoonVisitorCode: 'visitor-3', buyers: true },
      context: { personas }
    })
    time.now += HOUR
    const { maps, audiences, links, visitorCode } = await detailOf(call, 'visitor-3')
    expect(visitorCode).toBe('visitor-3')
    expect(Object.fromEntries(maps.map(({ key, kind }) => [key, kind]))).toEqual({
      'IDENTIFY_visitor-3': 'identify',
      'IDENTIFY_user-3': 'identify',
      'COHORTS_visitor-3': 'audiences',
      'COHORTS_user-3': 'audiences',
      'LINK_user-3': 'link',
      'LINK_anonymous-3': 'link'
    })
    expect(maps.find(({ key }) => key === 'IDENTIFY_visitor-3')).toMatchObject({
      fields: { plan: 'Gold' },
      secondsLeft: 2207 * 3600
    })
    expect(audiences).toEqual(['buyers'])
    expect(links.map(({ id }) => id).sort()).toEqual(['anonymous-3', 'user-3'])
    // Somebody else's map, of a key that ends with the visitor code.
    expect(context.emulator.map('OTHER_visitor-3')).toBeUndefined()
  })

  it('is found by a Segment id that is linked to it', async () => {
    const { call, send } = await atRest()
    await send({ type: 'identify', userId: 'user 4/é', traits: { kameleoonVisitorCode: 'visitor-4' } })
    await send(order('visitor-4', 1))
    expect(await detailOf(call, 'user 4/é')).toEqual(await detailOf(call, 'visitor-4'))
    expect((await call('GET /visitors?search=USER%204')).body).toMatchObject({
      visitors: [{ visitorCode: 'visitor-4' }],
      total: 1
    })
  })

  it('has a count of its dropped duplicates', async () => {
    const { call, send, context } = await atRest()
    await send(order('visitor-5', 1, { messageId: 'same' }), order('visitor-6', 1, { messageId: 'other' }))
    await send(order('visitor-5', 1, { messageId: 'same' }))
    await send(order('visitor-5', 1, { messageId: 'same' }))
    expect(context.emulator.totals.duplicates).toBe(2)
    expect(await detailOf(call, 'visitor-5')).toMatchObject({ duplicatesDropped: 2, conversions: [{}] })
    expect(await detailOf(call, 'visitor-6')).toMatchObject({ duplicatesDropped: 0 })
  })

  it('has one timeline of everything, latest first, with the Segment event behind each entry', async () => {
    const { time, call, send } = await atRest()
    const traits = (more: object) => ({
      ...{ type: 'identify', userId: 'user-9' },
      traits: { kameleoonVisitorCode: 'visitor-9', ...more }
    })
    const page = {
      type: 'page',
      userId: 'user-9',
      properties: { kameleoonVisitorCode: 'visitor-9', url: 'https://a.example/b' }
    }
    const audience = {
      ...{ type: 'track', event: 'Audience Entered', userId: 'user-9' },
      properties: { kameleoonVisitorCode: 'visitor-9', buyers: true },
      context: { personas: { computation_class: 'audience', computation_key: 'buyers' } }
    }
    const bought = order('visitor-9', 12, {
      properties: { kameleoonVisitorCode: 'visitor-9', revenue: 12, currency: 'EUR' }
    })
    for (const event of [traits({ plan: 'free' }), page, bought, audience, traits({ plan: 'gold', city: 'Ulm' })]) {
      await send(event)
      time.now += 1_000
    }
    const { timeline } = await detailOf(call, 'visitor-9')
    expect(
      timeline.map(({ kind, what, amount, currency, source }) => [kind, what, amount, currency, source?.name])
    ).toEqual([
      ['link', 'user-9 is linked to this visitor', null, null, 'identify call'],
      ['stored', 'plan: gold, city: Ulm', null, null, 'identify call'],
      ['audience', 'entered buyers', null, null, 'Audience Entered'],
      ['conversion', 'Order Completed', 12, 'EUR', 'Order Completed'],
      ['page', 'https://a.example/b', null, null, 'page call'],
      ['link', 'user-9 is linked to this visitor', null, null, 'identify call'],
      ['stored', 'plan: free', null, null, 'identify call']
    ])
    expect(timeline[3].at).toBe('2026-03-01T10:00:02.000Z')
  })

  it('has stored data in its timeline that another program wrote', async () => {
    const { call, context } = await atRest()
    const { url, sitecode } = context.emulator
    await fetch(`${url}/map/maps?siteCode=${sitecode}`, {
      ...{ method: 'POST', body: '{"IDENTIFY_visitor-9":{"plan":"gold"}}' },
      headers: { 'user-agent': 'Shop/1.0', 'content-type': 'application/json' }
    })
    expect((await detailOf(call, 'visitor-9')).timeline).toEqual([
      expect.objectContaining({ kind: 'stored', what: 'plan: gold', source: null })
    ])
  })

  it('answers 404 when it is not known', async () => {
    const { call } = await atRest()
    expect(await call('GET /visitors/nobody')).toMatchObject({
      status: 404,
      body: { error: { message: 'Kameleoon does not know "nobody" as a visitor code or as a linked id.' } }
    })
  })
})

describe('the list of visitors', () => {
  it('has visitors with visits and with stored data, latest first, with linked ids under their visitor', async () => {
    const { time, call, send } = await atRest()
    await send(order('visits-first', 3))
    time.now += 1_000
    await send({ type: 'identify', userId: 'stored-only', traits: { plan: 'Free' } })
    time.now += 1_000
    await send(order('visits-last', 4))
    time.now += 1_000
    await send({ type: 'identify', userId: 'user-7', traits: { kameleoonVisitorCode: 'visits-first' } })
    const codes = async (query: string) =>
      ((await call(`GET /visitors${query}`)).body as VisitorList).visitors.map(({ visitorCode }) => visitorCode)
    expect(await codes('')).toEqual(['visits-first', 'visits-last', 'stored-only'])
    expect(await codes('?limit=2')).toEqual(['visits-first', 'visits-last'])
    expect(await codes('?search=ONLY')).toEqual(['stored-only'])
    expect(await codes('?search=nothing')).toEqual([])
  })

  it('is sorted by each column in both directions, in parts without gaps, and says how many match', async () => {
    const { time, call, send } = await atRest()
    await send(order('b', 5), order('b', 6))
    time.now += 1_000
    await send(order('a', 30))
    time.now += 1_000
    await send(order('c', 1), order('c', 1), order('c', 1))
    const list = async (query: string) => (await call(`GET /visitors?${query}`)).body as VisitorList
    const codes = async (query: string) => (await list(query)).visitors.map(({ visitorCode }) => visitorCode).join('')
    const orders = ['lastSeen', 'conversions', 'revenue', 'code'].map(async (sort) => [
      sort,
      await codes(`sort=${sort}&order=ascending`),
      await codes(`sort=${sort}`)
    ])
    expect(await Promise.all(orders)).toEqual([
      ['lastSeen', 'bac', 'cab'],
      ['conversions', 'abc', 'cba'],
      ['revenue', 'cba', 'abc'],
      ['code', 'abc', 'cba']
    ])
    expect(await codes('sort=code&order=ascending&offset=1&limit=1')).toBe('b')
    expect(await list('sort=code&offset=3')).toEqual({ visitors: [], total: 3 })
  })

  it('has revenue apart by the currencies that the Segment events name', async () => {
    const { call, send } = await atRest()
    const inCurrency = (revenue: number, currency: unknown) => ({
      ...order('visitor-1', revenue),
      properties: { kameleoonVisitorCode: 'visitor-1', revenue, currency }
    })
    await send(
      inCurrency(10, 'USD'),
      inCurrency(20.2, 'eur'),
      inCurrency(0.1, 'EUR'),
      inCurrency(7, 'money'),
      order('visitor-1', 1)
    )
    const { visitors } = (await call('GET /visitors')).body as VisitorList
    expect(visitors[0].amounts).toEqual([
      { currency: 'EUR', amount: 20.3 },
      { currency: 'USD', amount: 10 },
      { currency: null, amount: 8 }
    ])
    await call('DELETE /events')
    const later = (await call('GET /visitors')).body as VisitorList
    expect(later.visitors[0].amounts).toEqual([{ currency: null, amount: 38.3 }])
  })

  it('rejects a limit that is not valid', async () => {
    const { call } = await atRest()
    expect(await call('GET /visitors?limit=many')).toMatchObject({
      status: 400,
      body: { error: { problems: [{ field: 'limit', message: 'must be integer' }] } }
    })
  })
})

describe('with the real Kameleoon', () => {
  it.each(['/visitors', '/visitors/visitor-1', '/discarded'])(
    '%s answers that only the emulator can be read',
    async (path) => {
      const { call } = await atRest()
      const apiKey = Buffer.from(JSON.stringify({ id: 'a', secret: 'not-a-real-one' })).toString('base64')
      await call('PUT /settings', { target: 'real', values: { apiKey, sitecode: 'abcdefghij' } })
      const { status, body } = await call(`GET ${path}`)
      expect(status).toBe(409)
      expect(body).toMatchObject({
        error: { message: expect.stringContaining('switch to the emulator in the settings') as string }
      })
    }
  )
})

describe('what was discarded', () => {
  it('is listed with its reason, latest first', async () => {
    const { time, call, send, context } = await atRest()
    const [tracks] = context.subscriptions.list()
    const goal = async (goalId: string) => {
      await call('PUT /subscriptions/track-calls', { ...tracks, mapping: { ...tracks.mapping, goalId } })
      await send(order('visitor-8', 1))
      time.now += 1_000
    }
    await goal('999')
    await goal('998')
    expect((await call('GET /discarded')).body).toMatchObject([
      {
        event: { number: 2, name: 'Order Completed', mapping: { id: 'track-calls' } },
        visitorCode: 'visitor-8',
        at: '2026-03-01T10:00:01.000Z',
        path: '/visit/events',
        reason: 'goal unknown in this project',
        field: 'goalId',
        value: 998
      },
      {
        event: { number: 1, name: 'Order Completed', mapping: { id: 'track-calls' } },
        visitorCode: 'visitor-8',
        at: '2026-03-01T10:00:00.000Z',
        path: '/visit/events',
        reason: 'goal unknown in this project',
        field: 'goalId',
        value: 999
      }
    ])
  })
})
