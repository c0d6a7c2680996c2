import type { SegmentEvent } from '@segment/actions-core'
import type { EventSink } from '../event-sink'
import type { Reach } from '../inbox-state'
import { createReceiverServer, type ReceiverServerOptions } from '../receiver-server'
import type { ReceiverWatch } from '../receive-call'

export const WRITE_KEY = 'test-write-key'
export const AUTHORIZATION = `Basic ${Buffer.from(`${WRITE_KEY}:`).toString('base64')}`
export const NOW = Date.parse('2026-05-01T12:00:10.000Z')

/** A sink that keeps what it gets. */
export function keepingSink(): EventSink & { events: SegmentEvent[] } {
  const events: SegmentEvent[] = []
  return {
    events,
    add: (added) => {
      events.push(...added)
      return Promise.resolve()
    }
  }
}

/** A watch that writes down what it is told. */
export function recordingWatch(): ReceiverWatch & { records: unknown[][] } {
  const records: unknown[][] = []
  return {
    records,
    received: (events) => void records.push(['received', events]),
    dropped: (events) => void records.push(['dropped', events.length]),
    answered: (status) => void records.push(['answered', status]),
    failed: (what, error) => void records.push(['failed', what, error])
  }
}

const running: { close(): Promise<unknown> }[] = []

/** For afterEach. */
export async function endReceivers(): Promise<void> {
  for (const server of running.splice(0)) await server.close()
}

/** A server of its own for one test, and a way to send it requests. */
export async function runningReceiver(options: Partial<ReceiverServerOptions> & { reach?: Reach } = {}) {
  const { reach = { kind: 'reachable', waiting: 0 }, ...given } = options
  const [sink, watch, state] = [keepingSink(), recordingWatch(), { reach }]
  const server = createReceiverServer({ sink, watch, writeKey: WRITE_KEY, state, clock: () => NOW, ...given })
  running.push(server)
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const sent = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
    const init = { method: 'POST', headers: { authorization: AUTHORIZATION, ...headers }, body: sent }
    const response = await fetch(address + path, init)
    const answer: unknown = await response.json()
    return { status: response.status, headers: response.headers, body: answer }
  }
  return { address, server, events: sink.events, records: watch.records, state, post }
}
