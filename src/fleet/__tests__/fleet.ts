import type { SegmentEvent } from '@segment/actions-core'
import {
  defaultRetryPolicy,
  type EventLine,
  type OutcomeNode,
  type SendBatch,
  type Subscription
} from '../../segment-host'
import type { Backend } from '../backend/backend'
import { fleetOn, type Fleet } from '../fleet'
import { work, type WorkerOptions } from '../work/worker'

export const SUBSCRIPTION: Subscription = {
  name: 'All tracks',
  partnerAction: 'logEvent',
  subscribe: 'type = "track"',
  mapping: {}
}

export const DESTINATION = { name: 'Kameleoon (Actions)', slug: 'actions-kameleoon' }

/** A fleet with nothing on its queues and in its store. */
export async function emptyFleet(backend: Backend, partitions = 4): Promise<Fleet> {
  for (const key of await backend.store.keys('')) await backend.store.remove(key)
  const fleet = await fleetOn(backend, partitions)
  for (const { queue } of [...fleet.partitions, fleet.dead, fleet.inbox]) await queue.obliterate({ force: true })
  return fleet
}

/** Tracks of so many users, one after the other, each with its place as a property. */
export function tracks(count: number, users = 10): EventLine[] {
  return Array.from({ length: count }, (_, index) => line(index, { userId: `user-${index % users}` }))
}

export function line(index: number, members: Partial<SegmentEvent>): EventLine {
  const event: SegmentEvent = { type: 'track', event: 'E', messageId: `m${index}`, properties: { index }, ...members }
  const text = JSON.stringify(event)
  const number = index + 1
  return {
    kind: 'event',
    number,
    file: 'events.ndjson',
    line: number,
    checksum: number,
    text,
    bytes: text.length,
    event
  }
}

/** A destination in memory: it answers as it is told, and keeps what it delivered. */
export class Receiver {
  /** Places of events, in the order in which they were delivered. */
  readonly delivered: number[] = []
  /** How often events were sent. */
  sent = 0

  /** @param answer the status of an event, and its reason; by default all are delivered */
  constructor(public answer: (index: number, event: SegmentEvent) => [number, string] = () => [200, '']) {}

  readonly send: SendBatch = (events) =>
    Promise.resolve(
      events.map((event): OutcomeNode => {
        const index = Number(event.properties?.index)
        this.sent++
        const [status, errormessage] = this.answer(index, event)
        if (status === 200) this.delivered.push(index)
        return status === 200 ? { status } : { status, errormessage }
      })
    )
}

/** Pauses between attempts end at once. */
export const RETRY = { ...defaultRetryPolicy, retries: 1, wait: () => Promise.resolve() }

/** Runs a worker until a condition holds. */
export async function workUntil(
  fleet: Fleet,
  send: SendBatch,
  condition: () => Promise<boolean>,
  options: Partial<WorkerOptions> = {}
): Promise<void> {
  const stop = new AbortController()
  const working = work({ fleet, send, retry: RETRY, concurrency: 4, signal: stop.signal, ...options })
  try {
    await until(condition)
  } finally {
    stop.abort()
    await working
  }
}

/** Waits for a condition. The test's own time limit ends it. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20))
}
