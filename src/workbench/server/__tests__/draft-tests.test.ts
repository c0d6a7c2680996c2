import { apiOf } from '../../__tests__/call-api'
import { endWorkbenches, runningWorkbench, until } from '../../__tests__/running-workbench'
import type { EventDetail, Problem, SeenEvents } from '../../contract'

afterEach(endWorkbenches)

const path = (at: string) => ({ '@path': at })
const draft = {
  name: 'Orders',
  partnerAction: 'logEvent',
  subscribe: 'type = "track" and event = "Order Completed"',
  enabled: false,
  mapping: {
    ...{ type: path('$.type'), timestamp: path('$.timestamp'), messageId: path('$.messageId') },
    ...{ event: path('$.event'), userId: path('$.userId'), revenue: path('$.properties.revenue') }
  }
}
const order = { type: 'track', event: 'Order Completed', userId: 'visitor-1', properties: { revenue: 12.5 } }

async function prepared() {
  const workbench = await runningWorkbench()
  return { ...workbench, call: apiOf(workbench) }
}

describe('a test event of a mapping that is not saved', () => {
  it('goes through this mapping only, though it is disabled, and stands in the list as a test', async () => {
    const { call, context } = await prepared()
    const { body, status } = await call('POST /subscriptions/test', { subscription: draft, event: order })
    expect(status).toBe(202)
    await context.delivery.idle()
    const { id } = body as { id: string }
    const { summary, deliveries } = (await call(`GET /events/${id}`)).body as EventDetail
    expect(summary).toMatchObject({ origin: 'test', status: 'delivered', visitorCode: 'visitor-1' })
    expect(deliveries).toMatchObject([{ subscriptionId: 'draft', subscriptionName: 'Orders', matched: true }])
    const results = deliveries[0].attempts.flatMap(({ exchanges }) => exchanges.flatMap(({ results: kept }) => kept))
    expect(results).toMatchObject([{ kind: 'kept', what: 'CONVERSION', value: { revenue: 12.5 } }])
    expect(context.emulator.visitor('visitor-1')?.conversions).toHaveLength(1)
    expect(context.subscriptions.list().map(({ name }) => name)).not.toContain('Orders')
  })

  it('carries the id of the mapping that it is a draft of, and is filtered by the filter of the draft', async () => {
    const { call, context } = await prepared()
    const event = { ...order, event: 'Signed Up' }
    const { body } = await call('POST /subscriptions/test', { subscription: draft, id: 'track-calls', event })
    await context.delivery.idle()
    const { id } = body as { id: string }
    expect((await call(`GET /events/${id}`)).body).toMatchObject({
      summary: { status: 'filtered' },
      deliveries: [
        { subscriptionId: 'track-calls', whyNot: 'event = "Order Completed", but it is "Signed Up"', attempts: [] }
      ]
    })
  })

  it('is not sent when the draft or the event is not valid', async () => {
    const { call } = await prepared()
    const subscription = { ...draft, subscribe: 'type == "track"' }
    expect(await call('POST /subscriptions/test', { subscription, event: order })).toMatchObject({
      status: 400,
      body: { error: { message: 'At character 7, =: use a single =.' } }
    })
    expect(await call('POST /subscriptions/test', { subscription: draft, event: { type: 'track' } })).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('Segment would drop this') as string } }
    })
    expect((await call('GET /events')).body).toMatchObject({ total: 0 })
  })
})

describe('the events seen that a filter takes', () => {
  const seen = async (call: ReturnType<typeof apiOf>, subscribe: string): Promise<SeenEvents> =>
    (await call('POST /subscriptions/seen', { subscribe })).body as SeenEvents

  it('are counted and listed with the paths and values that they have', async () => {
    const { call, context } = await prepared()
    const orders = [10, 20].map((revenue) => ({ ...order, properties: { revenue, products: [{ sku: 'A' }] } }))
    await call('POST /events', { events: [...orders, { type: 'identify', userId: 'u', traits: { plan: 'Gold' } }] })
    await context.delivery.idle()
    const found = await seen(call, 'type = "track" and properties.revenue > 15')
    expect(found).toMatchObject({ seen: 3, checked: 3, taken: 1, samples: ['order'] })
    expect(found.events).toMatchObject([{ number: 2, name: 'Order Completed' }])
    expect(found.paths).toContainEqual({ path: '$.properties.revenue', events: 2, values: [20, 49.9] })
    expect(found.paths).toContainEqual({ path: '$.properties.products[0].sku', events: 1, values: ['A'] })
    expect(found.paths.map((one) => one.path)).not.toContain('$.traits.plan')
    expect(await seen(call, '')).toMatchObject({ seen: 3, taken: 3 })
    expect(await seen(call, 'event = "Nothing like this"')).toMatchObject({ taken: 0, samples: [], paths: [] })
  })

  it('are not looked for with a filter that is not valid or too long', async () => {
    const { call } = await prepared()
    expect(await call('POST /subscriptions/seen', { subscribe: "type = 'track'" })).toMatchObject({
      status: 400,
      body: { error: { problems: [{ field: 'subscribe', message: expect.stringContaining('"track"') as string }] } }
    })
    const long = Array.from({ length: 20_000 }, (_, index) => `properties.p${index} = "x"`).join(' or ')
    const message =
      'The filter is longer than 150,000 characters, about 5,000 conditions. Use fewer conditions, or several mappings.'
    for (const route of ['POST /subscriptions/seen', 'POST /subscriptions']) {
      expect(await call(route, { ...draft, subscribe: long })).toMatchObject({
        status: 400,
        body: { error: { problems: [{ field: 'subscribe', message }] } }
      })
    }
  })
})

describe('the warnings of a mapping', () => {
  const warnings = async (mapping: object, { call, context }: Awaited<ReturnType<typeof prepared>>) => {
    await call('POST /events', { event: order })
    await context.delivery.idle()
    const subscription = { ...draft, mapping: { ...draft.mapping, ...mapping } }
    return ((await call('POST /subscriptions/warnings', subscription)).body as { problems: Problem[] }).problems
  }

  it('name a goal and custom data that the project does not have', async () => {
    expect(await warnings({ goalId: '999', customData: { 77: 'x' } }, await prepared())).toEqual([
      { field: 'mapping.goalId', message: expect.stringMatching(/^The project has no goal 999/) as string },
      { field: 'mapping.customData', message: expect.stringMatching(/^The project has no custom data 77/) as string }
    ])
  })

  it('give the number of a goal whose name was written', async () => {
    const [warning] = await warnings({ goalId: 'order completed' }, await prepared())
    expect(warning.message).toMatch(/^“order completed” is a name\. Its number is \d+: choose it from the list\.$/)
  })

  it('are none for a goal of the project, for no goal and for a path', async () => {
    const workbench = await prepared()
    expect(await warnings({}, workbench)).toEqual([])
    const goal = workbench.context.emulator.visitor('visitor-1')?.conversions[0].goalId
    expect(await warnings({ goalId: String(goal) }, workbench)).toEqual([])
    expect(await warnings({ goalId: path('$.properties.goal') }, workbench)).toEqual([])
  })

  it('say so when Kameleoon cannot be asked', async () => {
    const workbench = await prepared()
    await workbench.call('PUT /settings', { values: { sitecode: 'nosuchcode' } })
    const [warning] = await warnings({ goalId: '999' }, workbench)
    expect(warning.message).toMatch(/^Goal was not checked, since Kameleoon cannot be asked: /)
  })
})

it('answers other requests while a filter is compared with many events', async () => {
  const { call, context } = await prepared()
  const events = Array.from({ length: 3_000 }, (_, index) => ({ ...order, messageId: `m${index}` }))
  await call('POST /events', { events })
  await until(() => context.delivery.waitingBytes === 0, 'all events to be delivered')
  const subscribe = Array.from({ length: 4_000 }, (_, index) => `properties.p${index} = "x"`).join(' or ')
  const answered: string[] = []
  const seen = call('POST /subscriptions/seen', { subscribe }).then(({ body }) => {
    answered.push('seen')
    return body as SeenEvents
  })
  await call('GET /state').then(() => answered.push('state'))
  expect(await seen).toMatchObject({ seen: 3_000, taken: 0 })
  expect(answered).toEqual(['state', 'seen'])
})
