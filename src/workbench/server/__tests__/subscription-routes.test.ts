import { readFileSync } from 'fs'
import { apiOf } from '../../__tests__/call-api'
import { endWorkbenches, runningWorkbench } from '../../__tests__/running-workbench'

afterEach(endWorkbenches)

const path = (at: string) => ({ '@path': at })
const required = { type: path('$.type'), timestamp: path('$.timestamp'), messageId: path('$.messageId') }
const orders = {
  name: 'Orders',
  partnerAction: 'logEvent',
  subscribe: 'type = "track" and event = "Order Completed"',
  enabled: true,
  mapping: { ...required, event: path('$.event'), userId: path('$.userId') }
}

describe('the routes of subscriptions', () => {
  it('list, add, change, remove and reset the mappings in the file', async () => {
    const workbench = await runningWorkbench()
    const call = apiOf(workbench)
    const names = async () => ((await call('GET /subscriptions')).body as { name: string }[]).map(({ name }) => name)
    const presets = ['Track Calls', 'Page Calls', 'Group Calls', 'Identify Calls', 'Screen Calls']
    expect(await names()).toEqual(presets)
    expect(await call('POST /subscriptions', orders)).toMatchObject({ status: 201, body: { id: 'orders', ...orders } })
    const disabled = { ...orders, enabled: false }
    expect(await call('PUT /subscriptions/orders', disabled)).toMatchObject({
      status: 200,
      body: { id: 'orders', ...disabled }
    })
    const file = JSON.parse(readFileSync(workbench.context.subscriptions.path, 'utf8')) as unknown[]
    expect(file[5]).toEqual({ id: 'orders', ...disabled })
    expect(await call('DELETE /subscriptions/orders')).toMatchObject({ status: 204, text: '' })
    await call('DELETE /subscriptions/page-calls')
    expect(await names()).toEqual(presets.filter((name) => name !== 'Page Calls'))
    expect((await call('POST /subscriptions/reset')).body).toHaveLength(5)
    expect(await names()).toEqual(presets)
  })

  it('take effect at once', async () => {
    const { context, ...workbench } = await runningWorkbench()
    const call = apiOf(workbench)
    await call('DELETE /subscriptions/track-calls')
    const event = { type: 'track', event: 'Order Completed', userId: 'visitor-1' }
    await call('POST /events', { event })
    await context.delivery.idle()
    expect(context.emulator.visitors()).toEqual([])
    await call('POST /subscriptions', orders)
    await call('POST /events', { event })
    await context.delivery.idle()
    expect(context.emulator.visitor('visitor-1')?.conversions).toMatchObject([{ goalName: 'Order Completed' }])
  })

  it.each([
    ['an unknown action', { partnerAction: 'give' }, 'partnerAction', 'unknown partnerAction "give"'],
    ['an unfinished query', { subscribe: 'type =' }, 'subscribe', "it ends after 'type ='"],
    ['an unknown field', { mapping: { ...required, ident: 1 } }, 'mapping.ident', 'which logEvent does not know'],
    ['a missing field', { mapping: { type: 'x', timestamp: 'x' } }, 'mapping.messageId', 'which logEvent requires'],
    [
      'an invalid directive',
      { mapping: { ...required, event: { '@nope': 1 } } },
      'mapping.event',
      'invalid directive: @nope'
    ]
  ])('reject %s, and tell it in a check', async (_, changes, field, message) => {
    const call = apiOf(await runningWorkbench())
    const draft = { ...orders, ...changes }
    const problem = { field, message: expect.stringContaining(message) as string }
    expect((await call('POST /subscriptions/check', draft)).body).toEqual({ problems: [problem] })
    for (const route of ['POST /subscriptions', 'PUT /subscriptions/track-calls']) {
      expect(await call(route, draft)).toMatchObject({ status: 400, body: { error: { problems: [problem] } } })
    }
    expect((await call('GET /subscriptions')).body).toHaveLength(5)
  })

  it('find no problem in a valid mapping', async () => {
    const call = apiOf(await runningWorkbench())
    expect((await call('POST /subscriptions/check', orders)).body).toEqual({ problems: [] })
  })

  it('answer 404 for an unknown mapping', async () => {
    const call = apiOf(await runningWorkbench())
    const answer = { status: 404, body: { error: { message: 'There is no mapping "nobody".' } } }
    expect(await call('PUT /subscriptions/nobody', orders)).toMatchObject(answer)
    expect(await call('DELETE /subscriptions/nobody')).toMatchObject(answer)
  })
})

describe('the preview of a mapping', () => {
  const event = { type: 'track', event: 'Order Completed', userId: 'visitor-1', timestamp: '2026-01-02T03:04:05.000Z' }

  it('shows the payload that would be sent, and sends nothing', async () => {
    const { context, ...workbench } = await runningWorkbench()
    const call = apiOf(workbench)
    const { body } = await call('POST /subscriptions/preview', {
      subscription: orders,
      event: { ...event, messageId: 'm1' }
    })
    expect(body).toEqual({
      matched: true,
      whyNot: null,
      payload: {
        type: 'track',
        event: 'Order Completed',
        userId: 'visitor-1',
        timestamp: event.timestamp,
        messageId: 'm1'
      },
      problems: [],
      stored: [],
      happens: {
        status: 'sent',
        reason: null,
        parts: [
          {
            ...{ what: 'CONVERSION', key: expect.any(String) as string, visitorCode: 'visitor-1' },
            ...{ kind: 'kept', reason: null, value: { goalId: 310_001, revenue: 0, negative: false } },
            ...{ name: 'Order Completed', goal: 'known', currency: null }
          }
        ]
      }
    })
    expect(context.emulator.totals.requests).toEqual({})
  })

  describe('shows what the event would store, and under which keys', () => {
    const traits = { kameleoonVisitorCode: 'code1', plan: 'Gold', email: 'a@b.example' }
    const known = { type: 'identify', userId: 'user1', anonymousId: 'anonymous1', traits, messageId: 'm1' }
    const link = { kameleoonVisitorCode: 'code1' }

    async function storedBy(mapping: object, given: object = known): Promise<unknown> {
      const { context, ...workbench } = await runningWorkbench()
      const { type } = given as { type: string }
      const saved = context.subscriptions.list().find(({ subscribe }) => subscribe === `type = "${type}"`)
      const { id: _id, ...preset } = saved!
      const subscription = { ...preset, mapping: { ...preset.mapping, ...mapping } }
      const { body } = await apiOf(workbench)('POST /subscriptions/preview', { subscription, event: given })
      expect(context.emulator.totals.requests).toEqual({})
      return (body as { stored: unknown }).stored
    }

    it('for all traits', async () => {
      const fields = { plan: 'Gold', email: 'a@b.example' }
      expect(await storedBy({})).toEqual([
        { key: 'IDENTIFY_code1', fields },
        { key: 'IDENTIFY_user1', fields },
        { key: 'LINK_user1', fields: link },
        { key: 'LINK_anonymous1', fields: link }
      ])
    })

    it('for the traits that the mapping names', async () => {
      expect(await storedBy({ storedTraits: ['plan'] })).toMatchObject([
        { key: 'IDENTIFY_code1', fields: { plan: 'Gold' } },
        { key: 'IDENTIFY_user1', fields: { plan: 'Gold' } },
        {},
        {}
      ])
      expect(await storedBy({ storedTraits: ['colour'] })).toEqual([
        { key: 'LINK_user1', fields: link },
        { key: 'LINK_anonymous1', fields: link }
      ])
    })

    it('with a cross-device id', async () => {
      expect(await storedBy({ visitorFallback: 'cross-device id', storedTraits: ['plan'] })).toHaveLength(4)
    })

    it('for an audience, and nothing for an order, an invalid event and another type', async () => {
      const personas = { computation_class: 'audience', computation_key: 'vip' }
      const entered = { type: 'track', event: 'Audience Entered', userId: 'user1', context: { personas } }
      expect(await storedBy({}, entered)).toEqual([{ key: 'COHORTS_user1', fields: { vip: true } }])
      expect(await storedBy({}, { type: 'track', event: 'Order Completed', userId: 'user1' })).toEqual([])
      expect(await storedBy({}, { type: 'identify', traits: { plan: 'Gold' } })).toEqual([])
    })

    it('as if no other preview had been made', async () => {
      await storedBy({})
      const anonymous = { ...known, userId: null, traits: { plan: 'Gold' } }
      expect(await storedBy({}, anonymous)).toEqual([])
    })
  })

  it('completes the event as Segment does', async () => {
    const call = apiOf(await runningWorkbench())
    const { body } = await call('POST /subscriptions/preview', { subscription: orders, event: { type: 'track' } })
    expect(body).toMatchObject({ payload: { type: 'track' }, problems: [] })
  })

  it('says why the filter does not match, and still shows the payload', async () => {
    const call = apiOf(await runningWorkbench())
    const page = { ...event, type: 'page' }
    const { body } = await call('POST /subscriptions/preview', { subscription: orders, event: page })
    expect(body).toMatchObject({
      matched: false,
      whyNot: 'type = "track", but it is "page"',
      payload: { type: 'page' }
    })
  })

  it('names the fields that are not valid', async () => {
    const call = apiOf(await runningWorkbench())
    const mapping = { type: path('$.type'), timestamp: 'yesterday', goalMatching: 'perhaps' }
    const { body } = await call('POST /subscriptions/preview', { subscription: { ...orders, mapping }, event })
    const { problems, payload } = body as { problems: { field: string; message: string }[]; payload: unknown }
    expect(problems.map(({ field }) => field).sort()).toEqual([
      'mapping.goalMatching',
      'mapping.messageId',
      'mapping.timestamp'
    ])
    expect(problems.find(({ field }) => field === 'mapping.goalMatching')?.message).toContain('must be one of')
    expect(payload).toEqual({ type: 'track', timestamp: 'yesterday', goalMatching: 'perhaps' })
  })

  it('says why there is no preview', async () => {
    const call = apiOf(await runningWorkbench())
    const broken = { ...orders, subscribe: 'type = ' }
    expect((await call('POST /subscriptions/preview', { subscription: broken, event })).body).toMatchObject({
      matched: false,
      whyNot: expect.stringContaining("it ends after 'type ='") as string,
      payload: null,
      problems: [{ field: 'subscribe' }]
    })
    const directive = { ...orders, mapping: { ...required, event: { '@nope': 1 } } }
    expect((await call('POST /subscriptions/preview', { subscription: directive, event })).body).toMatchObject({
      matched: true,
      payload: null,
      problems: [{ field: 'mapping.event' }]
    })
  })
})
