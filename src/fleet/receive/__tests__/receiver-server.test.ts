import { gzipSync } from 'zlib'
import { endReceivers, NOW, runningReceiver, WRITE_KEY } from './running-receiver'

afterEach(endReceivers)

const ORDER = { userId: 'user-1', event: 'Order Completed' }
const RECEIVED_AT = new Date(NOW).toISOString()

describe('Receiver: the calls of the Tracking API', () => {
  it.each([
    ['/v1/track', ORDER, 'track'],
    ['/v1/t', ORDER, 'track'],
    ['/track', ORDER, 'track'],
    ['/v1/page', { anonymousId: 'a' }, 'page'],
    ['/v1/screen', { userId: 'u' }, 'screen'],
    ['/v1/identify', { userId: 'u' }, 'identify'],
    ['/v1/group', { userId: 'u', groupId: 'acme' }, 'group'],
    ['/v1/alias', { userId: 'u', previousId: 'a' }, 'alias'],
    ['/v1/delete', { userId: 'u' }, 'delete']
  ])('%s takes its type from its path', async (path, body, type) => {
    const { post, events } = await runningReceiver({ takesDeletions: true })
    expect(await post(path, { ...body, type: 'nonsense' })).toMatchObject({ status: 200, body: { success: true } })
    expect(events).toMatchObject([{ ...body, type }])
  })

  it('completes an event as Segment does, and keeps no write key in it', async () => {
    const { post, events } = await runningReceiver()
    await post('/v1/track', { ...ORDER, writeKey: WRITE_KEY, messageId: 'm-1' })
    const times = { originalTimestamp: RECEIVED_AT, receivedAt: RECEIVED_AT, timestamp: RECEIVED_AT }
    expect(events).toEqual([{ type: 'track', ...ORDER, messageId: 'm-1', ...times }])
  })

  it.each(['/v1/batch', '/v1/b', '/v1/import', '/batch'])('%s keeps the order of its events', async (path) => {
    const { post, events } = await runningReceiver()
    const batch = Array.from({ length: 50 }, (_, index) => ({ type: 'track', ...ORDER, messageId: `m-${index}` }))
    expect((await post(path, { batch, context: { locale: 'fr-FR' } })).body).toEqual({ success: true })
    expect(events.map(({ messageId }) => messageId)).toEqual(batch.map(({ messageId }) => messageId))
    expect(events[49]).toMatchObject({ context: { locale: 'fr-FR' } })
  })

  it('reads gzip bodies', async () => {
    const { post, events } = await runningReceiver()
    const body = gzipSync(JSON.stringify(ORDER))
    expect(await post('/v1/track', body, { 'content-encoding': 'gzip' })).toMatchObject({ status: 200 })
    expect(events).toMatchObject([ORDER])
  })

  it('gives an event of analytics.js the address that a server in front says', async () => {
    const { post, events } = await runningReceiver()
    const context = { library: { name: 'analytics.js' } }
    await post('/v1/track', { ...ORDER, context }, { 'x-forwarded-for': '203.0.113.7' })
    expect(events).toMatchObject([{ context: { ...context, ip: '203.0.113.7' } }])
  })

  it('answers a preflight request of any page', async () => {
    const { address } = await runningReceiver()
    const answer = await fetch(`${address}/v1/t`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example.com' }
    })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
  })
})

describe('Receiver: what it does not take', () => {
  const large = { ...ORDER, padding: 'x'.repeat(33_000) }

  it.each([
    ['/v1/batch', { batch: [{ type: 'delete', userId: 'u' }] }, 'invalid_event', /^type must be one of .*"delete"\.$/],
    ['/v1/track', '{"event": ', 'invalid_json', /^The body is not JSON: /],
    ['/v1/track', large, 'payload_too_large', /has 33\d+ bytes; at most 32768/],
    ['/v1/batch', { batch: Array(20).fill(large) }, 'payload_too_large', /at most 512000/],
    ['/v1/batch', 'x'.repeat(2_100_000), 'payload_too_large', /larger than 2048000 bytes/],
    ['/v1/batch', { batch: {} }, 'invalid_batch', /must be an array/],
    [
      '/v1/track',
      { event: 'x' },
      'invalid_event',
      /^userId is missing: every event needs a userId or an anonymousId\.$/
    ],
    [
      '/v1/batch',
      { batch: [{ type: 'x', userId: 'u' }, 1] },
      'invalid_event',
      /^event 1: type must be .*event 2: batch /
    ],
    ['/v1/webhook', '{"a":1}\n{"b":', 'invalid_json', /^Line 2 of the body is not JSON/]
  ])('%s answers 400 and says what is wrong: %#', async (path, body, code, message) => {
    const { post, events } = await runningReceiver()
    const text = expect.stringMatching(message) as string
    const headers = { authorization: `Basic ${btoa(`${WRITE_KEY}:`)}` }
    expect(await post(path, body, headers)).toMatchObject({
      status: 400,
      body: { success: false, code, message: text }
    })
    expect(events).toEqual([])
  })

  it.each([
    ['gzip', 'plain text', 'invalid_gzip'],
    ['br', 'plain text', 'invalid_encoding'],
    ['gzip', gzipSync('x'.repeat(3_000_000)), 'payload_too_large']
  ])('a body that is said to be %s and is not, or is too large: %#', async (encoding, body, code) => {
    const { post } = await runningReceiver()
    const answer = await post('/v1/track', body, { 'content-encoding': encoding })
    expect(answer).toMatchObject({ status: 400, body: { success: false, code } })
  })

  it('names the events of a batch that are not valid, and takes the others', async () => {
    const { post, events, records } = await runningReceiver()
    const answer = await post('/v1/batch', {
      batch: [
        { type: 'track', ...ORDER },
        { type: 'track', userId: 'u' }
      ]
    })
    const problem = { field: 'event', message: 'is missing: a track call needs the name of the event' }
    expect(answer).toMatchObject({
      status: 200,
      body: { success: true, rejected: [{ index: 1, problems: [problem] }] }
    })
    expect(events).toMatchObject([ORDER])
    expect(records.slice(0, 2)).toEqual([
      ['dropped', 1],
      ['received', 1]
    ])
  })

  it.each([
    ['/v1/track', {}, ORDER, 'missing_write_key'],
    ['/v1/track', { authorization: `Basic ${btoa('other:')}` }, { ...ORDER, writeKey: WRITE_KEY }, 'invalid_write_key'],
    ['/v1/webhook', {}, { type: 'track', ...ORDER, writeKey: `${WRITE_KEY}x` }, 'invalid_write_key']
  ])('%s answers 401 without the right write key: %#', async (path, headers, body, code) => {
    const { address, events } = await runningReceiver()
    const answer = await fetch(address + path, { method: 'POST', headers, body: JSON.stringify(body) })
    expect([answer.status, await answer.json()]).toMatchObject([401, { success: false, code }])
    expect(events).toEqual([])
  })
})

describe('Receiver: webhooks', () => {
  const [one, other] = ['m-1', 'm-2'].map((messageId) => ({ type: 'track', ...ORDER, messageId }))

  it.each([
    ['one event', JSON.stringify(one, null, 2), ['m-1']],
    ['an array', JSON.stringify([one, other]), ['m-1', 'm-2']],
    ['an event on each line', `${JSON.stringify(one)}\r\n\n${JSON.stringify(other)}\n`, ['m-1', 'm-2']],
    ['the body of a batch', JSON.stringify({ batch: [other, one] }), ['m-2', 'm-1']]
  ])('take %s', async (_what, body, ids) => {
    const { post, events } = await runningReceiver()
    expect(await post('/v1/webhook', body)).toMatchObject({ status: 200, body: { success: true } })
    expect(events.map(({ messageId }) => messageId)).toEqual(ids)
  })

  it('take more events than a batch may have, up to the size of a body', async () => {
    const { post, events } = await runningReceiver()
    const line = JSON.stringify({ type: 'identify', userId: 'u' })
    expect((await post('/v1/webhook', `${line}\n`.repeat(3_000))).body).toEqual({ success: true })
    expect(events).toHaveLength(3_000)
  })

  it('leave the times of an event that was complete already', async () => {
    const { post, events } = await runningReceiver()
    const times = {
      originalTimestamp: '2026-04-30T08:00:00.000Z',
      sentAt: '2026-04-30T08:00:05.000Z',
      timestamp: '2026-04-30T09:00:01.000Z',
      receivedAt: '2026-04-30T09:00:06.000Z'
    }
    await post('/v1/webhook', { ...one, ...times })
    expect(events).toEqual([{ ...one, ...times }])
  })

  it('do not believe an event that it arrived in the future', async () => {
    const { post, events } = await runningReceiver()
    await post('/v1/webhook', { ...one, receivedAt: '2099-01-01T00:00:00.000Z' })
    expect(events).toMatchObject([{ receivedAt: RECEIVED_AT }])
  })
})

describe('Receiver: its state', () => {
  it('is healthy, and ready while the queue can be reached', async () => {
    const { address, state } = await runningReceiver()
    const ask = async (path: string): Promise<[number, unknown]> => {
      const answer = await fetch(address + path)
      return [answer.status, await answer.json()]
    }
    expect(await ask('/readyz')).toEqual([200, { status: 'ok' }])
    state.reach = { kind: 'unreachable', reason: 'connection refused' }
    expect(await ask('/readyz')).toEqual([503, { status: 'unavailable', reason: 'connection refused' }])
    expect(await ask('/healthz')).toEqual([200, { status: 'ok' }])
  })
})
