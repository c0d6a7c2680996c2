import { connect, type Socket } from 'net'
import type { SegmentEvent } from '@segment/actions-core'
import { gzipSync } from 'zlib'
import { FullError } from '../event-sink'
import { AUTHORIZATION, endReceivers, keepingSink, runningReceiver } from './running-receiver'

afterEach(endReceivers)

const ORDER = { userId: 'user-1', event: 'Order Completed' }

/** A sink whose calls stay open until the test ends them. */
function openSink() {
  const calls: { events: readonly SegmentEvent[]; signal: AbortSignal; resolve: () => void }[] = []
  let onCall: () => void = () => undefined
  const add = (events: readonly SegmentEvent[], signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      calls.push({ events, signal, resolve })
      onCall()
    })
  /** Resolves when there are so many calls. */
  const until = (count: number): Promise<void> =>
    new Promise((resolve) => {
      onCall = () => void (calls.length >= count && resolve())
      onCall()
    })
  return { sink: { add }, calls, until }
}

describe('Receiver: it answers 200 only for events that are durable', () => {
  it('waits for the sink', async () => {
    const { sink, calls, until } = openSink()
    const { post, records } = await runningReceiver({ sink })
    const answer = post('/v1/track', ORDER)
    await until(1)
    expect(records).toEqual([])
    calls[0].resolve()
    expect(await answer).toMatchObject({ status: 200, body: { success: true } })
    expect(records[0]).toEqual(['received', 1])
  })

  it('answers 503 when the sink fails, without its reason', async () => {
    const failure = new Error('connect ECONNREFUSED 10.0.0.7:6379')
    const { post, records } = await runningReceiver({ sink: { add: () => Promise.reject(failure) } })
    const answer = await post('/v1/track', ORDER)
    expect(answer).toMatchObject({ status: 503, body: { success: false, code: 'queue_unavailable' } })
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(JSON.stringify(answer.body)).not.toContain('10.0.0.7')
    expect(records[0]).toEqual(['failed', 'Events could not be put on the queue', failure])
  })

  it('answers 503 when the sink takes too long, and tells it', async () => {
    const { sink, calls } = openSink()
    const { post } = await runningReceiver({ sink, limitMs: 20 })
    const answer = await post('/v1/track', ORDER)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(calls[0].signal.aborted).toBe(true)
  })

  it('answers 429 when there is no room', async () => {
    const full = { add: () => Promise.reject(new FullError('Too many events wait in the queue')) }
    const { post } = await runningReceiver({ sink: full })
    const answer = await post('/v1/batch', { batch: [{ type: 'track', ...ORDER }] })
    const message = 'Too many events wait in the queue. Send them later.'
    expect(answer).toMatchObject({ status: 429, body: { success: false, code: 'queue_full', message } })
    expect(answer.headers.get('retry-after')).toBe('1')
  })

  it('finishes the requests under way before it stops', async () => {
    const { sink, calls, until } = openSink()
    const { post, server, address } = await runningReceiver({ sink })
    const answer = post('/v1/track', ORDER)
    await until(1)
    const closed = server.close()
    calls[0].resolve()
    expect(await answer).toMatchObject({ status: 200, body: { success: true } })
    await closed
    await expect(fetch(`${address}/healthz`)).rejects.toThrow()
  })
})

describe('Receiver: the requests of one connection keep their order', () => {
  it('when the body of the first takes longer to read', async () => {
    const sink = keepingSink()
    const { address } = await runningReceiver({ sink })
    const large = gzipSync(
      JSON.stringify({ ...ORDER, messageId: 'first', properties: { padding: 'x'.repeat(20_000) } })
    )
    const small = Buffer.from(JSON.stringify({ ...ORDER, messageId: 'second' }))
    const requests = [requestOf(large, 'content-encoding: gzip'), requestOf('{"event":'), requestOf(small)]
    expect(await statuses(address, Buffer.concat(requests), 3)).toEqual(['200', '400', '200'])
    expect(sink.events.map(({ messageId }) => messageId)).toEqual(['first', 'second'])
  })

  it('and do not wait until the first is answered', async () => {
    const { sink, calls, until } = openSink()
    const { address } = await runningReceiver({ sink })
    const body = JSON.stringify(ORDER)
    const answers = statuses(address, Buffer.concat([requestOf(body), requestOf(body)]), 2)
    await until(2)
    for (const { resolve } of calls) resolve()
    expect(await answers).toEqual(['200', '200'])
  })
})

function requestOf(body: string | Buffer, header = 'accept: */*'): Buffer {
  const head = ['POST /v1/track HTTP/1.1', 'host: localhost', `authorization: ${AUTHORIZATION}`, header]
  return Buffer.concat([
    Buffer.from(`${[...head, `content-length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n`),
    Buffer.from(body)
  ])
}

/** Sends these bytes over one connection, and resolves to the statuses of so many answers. */
async function statuses(address: string, bytes: Buffer, count: number): Promise<string[]> {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  socket.write(bytes)
  try {
    return await answersOn(socket, count)
  } finally {
    socket.destroy()
  }
}

function answersOn(socket: Socket, count: number): Promise<string[]> {
  let text = ''
  return new Promise((resolve, reject) => {
    socket.on('error', reject).on('data', (chunk) => {
      text += chunk.toString()
      const found = [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status)
      if (found.length >= count) resolve(found)
    })
  })
}
