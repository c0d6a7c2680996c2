import { endWorkbenches, runningWorkbench } from '../../__tests__/running-workbench'

afterEach(endWorkbenches)

const ORDER = { userId: 'user-1', event: 'Order Completed', properties: { kameleoonVisitorCode: 'visitor-1' } }

describe('Tracking API: one call', () => {
  it.each([
    ['/v1/track', ORDER, 'track', 'Order Completed'],
    ['/v1/t', ORDER, 'track', 'Order Completed'],
    ['/v1/page', { userId: 'user-1', name: 'Home' }, 'page', 'Home'],
    ['/v1/p', { anonymousId: 'a' }, 'page', null],
    ['/v1/screen', { userId: 'user-1', name: 'Basket' }, 'screen', 'Basket'],
    ['/v1/s', { userId: 'user-1', name: 'Basket' }, 'screen', 'Basket'],
    ['/v1/identify', { userId: 'user-1' }, 'identify', null],
    ['/v1/i', { userId: 'user-1' }, 'identify', null],
    ['/v1/group', { userId: 'user-1', groupId: 'acme' }, 'group', 'acme'],
    ['/v1/g', { userId: 'user-1', groupId: 'acme' }, 'group', 'acme'],
    ['/v1/alias', { userId: 'user-1', previousId: 'a' }, 'alias', null],
    ['/v1/a', { userId: 'user-1', previousId: 'a' }, 'alias', null]
  ])('%s takes its type from its path', async (path, body, type, name) => {
    const { track, events } = await runningWorkbench()
    const answer = await track(path, { ...body, type: 'nonsense' })
    expect([answer.status, await answer.json()]).toEqual([200, { success: true }])
    expect(await events()).toMatchObject([{ type, name, origin: 'tracking-api' }])
  })

  it('accepts the write key in the body too, with any content type, as web pages send it', async () => {
    const { address, events } = await runningWorkbench()
    const body = JSON.stringify({ ...ORDER, writeKey: 'test-write-key' })
    const answer = await fetch(`${address}/v1/t`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(await events()).toHaveLength(1)
  })

  it.each([
    ['none', {}, {}, 'missing_write_key'],
    ['a wrong one in the body', {}, { writeKey: 'wrong' }, 'invalid_write_key'],
    [
      'a wrong one in the header',
      { authorization: `Basic ${btoa('wrong:')}` },
      { writeKey: 'test-write-key' },
      'invalid_write_key'
    ]
  ])('rejects a write key: %s', async (_what, headers, key, code) => {
    const { address, events } = await runningWorkbench()
    const answer = await fetch(`${address}/v1/track`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ ...ORDER, ...key })
    })
    expect([answer.status, await answer.json()]).toEqual([
      401,
      { success: false, code, message: expect.any(String) as string }
    ])
    expect(await events()).toEqual([])
  })

  it.each([
    ['{"event": ', 'invalid_json', /^The body is not JSON: /],
    ['[]', 'invalid_json', /must be a JSON object/],
    ['', 'invalid_json', /^The body is not JSON: /],
    [
      JSON.stringify({ ...ORDER, padding: 'x'.repeat(33_000) }),
      'payload_too_large',
      /has 33\d\d\d bytes; at most 32768/
    ]
  ])('rejects the body %.20s… with %s', async (body, code, message) => {
    const { track, events } = await runningWorkbench()
    const answer = await track('/v1/track', body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual({ success: false, code, message: expect.stringMatching(message) as string })
    expect(await events()).toEqual([])
  })

  it.each([
    ['/v1/track', { event: 'x' }, 'userId', /is missing: every event needs a userId or an anonymousId/],
    ['/v1/track', { userId: 'u' }, 'event', /is missing/],
    ['/v1/track', { userId: 'u', event: 12 }, 'event', /must be text, not 12/],
    ['/v1/track', { ...ORDER, properties: [1] }, 'properties', /must be an object, not \[1\]/],
    ['/v1/track', { ...ORDER, context: 'text' }, 'context', /must be an object, not "text"/],
    ['/v1/identify', { userId: 'u', traits: 'gold' }, 'traits', /must be an object, not "gold"/],
    ['/v1/identify', { userId: { id: 1 } }, 'userId', /must be text, not \{"id":1\}/],
    ['/v1/group', { userId: 'u' }, 'groupId', /is missing/],
    ['/v1/alias', { userId: 'u' }, 'previousId', /is missing/],
    ['/v1/page', { userId: 'u', name: { a: 1 } }, 'name', /must be text/],
    ['/v1/page', { userId: 'u', messageId: 'm'.repeat(101) }, 'messageId', /has 101 characters; at most 100/]
  ])('%s %j: answered 200 as Segment does, and shown as rejected for its %s', async (path, body, field, message) => {
    const { track, events } = await runningWorkbench()
    const answer = await track(path, body)
    const problem = { field, message: expect.stringMatching(message) as string }
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { success: true, rejected: [{ index: 0, problems: [problem] }] }
    ])
    const [event] = await events()
    expect(event).toMatchObject({ status: 'rejected', attempts: 0 })
    expect(event.reason).toMatch(message)
  })
})

describe('Tracking API: batches', () => {
  it.each(['/v1/batch', '/v1/b', '/v1/import'])(
    '%s: an event that is not valid does not affect the others',
    async (path) => {
      const { track, events, context } = await runningWorkbench()
      const good = { type: 'track', ...ORDER }
      const large = { ...good, properties: { padding: 'x'.repeat(33_000) } }
      const answer = await track(path, { batch: [good, { type: 'purchase', userId: 'u' }, 'text', large, good] })
      expect(answer.status).toBe(200)
      expect(await answer.json()).toEqual({
        success: true,
        rejected: [
          {
            index: 1,
            problems: [
              { field: 'type', message: 'must be one of track, page, screen, identify, group, alias, not "purchase"' }
            ]
          },
          { index: 2, problems: [{ field: 'batch', message: 'contains something that is not a JSON object' }] },
          {
            index: 3,
            problems: [
              {
                field: 'event',
                message: expect.stringMatching(/has 33\d+ bytes; an event has at most 32768/) as string
              }
            ]
          }
        ]
      })
      await context.delivery.idle()
      expect((await events()).map(({ status }) => status)).toEqual([
        'delivered',
        'rejected',
        'rejected',
        'rejected',
        'delivered'
      ])
    }
  )

  it('an event that is nested too deeply does not affect the others, and is shown shortened', async () => {
    const { track, events, detail, context } = await runningWorkbench()
    const deep = '['.repeat(20_000) + ']'.repeat(20_000)
    const [good, bad] = [ORDER, { ...ORDER, properties: 'deep' }].map((one) =>
      JSON.stringify({ type: 'track', ...one }).replace('"deep"', `{"deep":${deep}}`)
    )
    const answer = await track('/v1/batch', `{"batch":[${good},${bad},${deep},${good}]}`)
    const problem = { field: 'event', message: 'is nested more than 500 levels deep' }
    expect(await answer.json()).toEqual({
      success: true,
      rejected: [
        { index: 1, problems: [problem] },
        { index: 2, problems: [{ field: 'batch', message: 'contains something that is not a JSON object' }] }
      ]
    })
    await context.delivery.idle()
    expect((await events()).map(({ status }) => status)).toEqual(['delivered', 'rejected', 'rejected', 'delivered'])
    expect((await detail(2)).event).toMatchObject({
      event: 'Order Completed',
      properties: { deep: [[[expect.anything()]]] }
    })
  })

  it('reports a member of the batch that is not valid for each event', async () => {
    const { track } = await runningWorkbench()
    const answer = await track('/v1/batch', { context: 'shop', batch: [{ type: 'track', ...ORDER }] })
    expect(await answer.json()).toMatchObject({
      rejected: [{ index: 0, problems: [{ field: 'context', message: 'must be an object, not "shop"' }] }]
    })
  })

  it('delivers an event whose context is null', async () => {
    const { track, events, context } = await runningWorkbench()
    await track('/v1/track', { ...ORDER, context: null })
    await context.delivery.idle()
    expect(await events()).toMatchObject([{ status: 'delivered' }])
  })

  it('completes events: members of the event win over members of the batch', async () => {
    const now = Date.parse('2026-05-01T12:00:10.000Z')
    const { track, detail } = await runningWorkbench({ clock: () => now })
    await track('/v1/batch', {
      // The client's clock is an hour late: sent ten seconds after it happened.
      sentAt: '2026-05-01T11:00:10.000Z',
      context: { locale: 'fr-FR', app: 'shop' },
      integrations: { All: true },
      batch: [
        {
          type: 'track',
          ...ORDER,
          timestamp: '2026-05-01T11:00:00.000Z',
          context: { locale: 'en-GB' },
          messageId: 'm-1'
        },
        { type: 'track', ...ORDER, integrations: { All: false } }
      ]
    })
    const { event } = await detail(1)
    expect(event).toEqual({
      ...{ type: 'track', ...ORDER, messageId: 'm-1' },
      context: { locale: 'en-GB', app: 'shop' },
      integrations: { All: true },
      sentAt: '2026-05-01T11:00:10.000Z',
      originalTimestamp: '2026-05-01T11:00:00.000Z',
      timestamp: '2026-05-01T12:00:00.000Z',
      receivedAt: '2026-05-01T12:00:10.000Z'
    })
    expect((await detail(2)).event).toMatchObject({
      integrations: { All: false },
      messageId: expect.stringMatching(/^api-[\da-f-]{36}$/) as string,
      timestamp: '2026-05-01T12:00:10.000Z'
    })
  })

  it.each([['not a date'], [12], ['+275760-09-13T00:00:00.000Z']])(
    'leaves the time %j as it came',
    async (timestamp) => {
      const { track, detail } = await runningWorkbench()
      await track('/v1/batch', { sentAt: new Date().toISOString(), batch: [{ type: 'track', ...ORDER, timestamp }] })
      expect((await detail(1)).event).toMatchObject({ timestamp, originalTimestamp: timestamp })
    }
  )

  it('rejects a batch above 500 KB as a whole, and one that is not an array', async () => {
    const { track, events } = await runningWorkbench()
    const batch = Array.from({ length: 40 }, () => ({ type: 'track', ...ORDER, padding: 'x'.repeat(14_000) }))
    for (const body of [{ batch }, { batch: [...batch, ...batch, ...batch, ...batch, ...batch] }]) {
      const answer = await track('/v1/batch', body)
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ success: false, code: 'payload_too_large' })
    }
    expect(await (await track('/v1/batch', { batch: {} })).json()).toMatchObject({ code: 'invalid_batch' })
    expect(await events()).toEqual([])
  })

  it('drops events after the first 2500, as Segment does', async () => {
    const { track, state } = await runningWorkbench()
    const batch = Array.from({ length: 2_502 }, () => ({ type: 'identify', userId: 'u' }))
    const answer = (await (await track('/v1/batch', { batch })).json()) as { rejected: { index: number }[] }
    expect(answer.rejected.map(({ index }) => index)).toEqual([2_500, 2_501])
    expect((await state()).counts).toMatchObject({ received: 2_502, rejected: 2 })
  })
})

describe('Tracking API: requests of browsers and analytics.js', () => {
  it('answers a preflight request of any page', async () => {
    const { address } = await runningWorkbench()
    const headers = {
      ...{ origin: 'https://shop.example.com', 'access-control-request-method': 'POST' },
      ...{ 'access-control-request-headers': 'authorization,content-type,x-retry-count' }
    }
    const answer = await fetch(`${address}/v1/t`, { method: 'OPTIONS', headers })
    expect(answer.status).toBe(204)
    const names = ['origin', 'headers', 'private-network']
    const allowed = names.map((name) => answer.headers.get(`access-control-allow-${name}`))
    expect(allowed).toEqual(['*', 'authorization,content-type,x-retry-count', 'true'])
  })

  it('makes analytics.js send here, for the right write key only', async () => {
    const { address, get } = await runningWorkbench()
    const settings = await get<{ integrations: object }>('/v1/projects/test-write-key/settings')
    expect(settings.integrations).toEqual({
      'Segment.io': expect.objectContaining({
        apiKey: 'test-write-key',
        apiHost: `${new URL(address).host}/v1`,
        protocol: 'http'
      }) as object
    })
    expect((await fetch(`${address}/v1/projects/another/settings`)).status).toBe(401)
  })

  it('accepts the metrics of libraries', async () => {
    const { track, events } = await runningWorkbench()
    expect((await track('/v1/m', { series: [] })).status).toBe(200)
    expect(await events()).toEqual([])
  })
})
