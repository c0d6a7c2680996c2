import type { SegmentEvent } from '@segment/actions-core'
import {
  checkedEvents,
  EVENT_TYPES,
  TrackingError,
  type Dropped,
  type EventType,
  type TrackingCall
} from '../../tracking-api'
import { FullError, type EventSink } from './event-sink'
import type { ConnectionOrder } from './connection-order'
import { arrivalOf } from './webhook'

/** Follows what a receiver takes. */
export interface ReceiverWatch {
  /** Events are durable. */
  received(events: number): void
  /** Events are not taken, since they are not valid. */
  dropped(events: readonly Dropped[]): void
  answered(status: number): void
  failed(what: string, error: unknown): void
}

export interface CallOptions {
  sink: EventSink
  order: ConnectionOrder
  watch: ReceiverWatch
  /** The current time in milliseconds. */
  clock: () => number
  /** How long the sink may take, in milliseconds. */
  limitMs: number
  /** Types of events besides those of Segment's spec. */
  moreTypes: readonly EventType[]
}

/** What is answered; `dropped` is there when some of several events are not valid. */
interface Answer {
  success: true
  rejected?: readonly Dropped[]
}

/**
 * Takes the events of a call, and resolves once those that are valid are durable.
 * @param isWebhook its events may be complete already, and only the size of the body limits their number
 * @throws TrackingError when none is valid, or it cannot be said that they are durable
 */
export async function receiveCall(call: TrackingCall, options: CallOptions, isWebhook = false): Promise<Answer> {
  const { events, dropped } = divided(call, options, isWebhook)
  if (dropped.length > 0) options.watch.dropped(dropped)
  if (dropped.length > 0 && events.length === 0) throw new TrackingError(400, 'invalid_event', textOf(dropped))
  await options.order.inTurn(call.request, () => added(events, options))
  options.watch.received(events.length)
  return { success: true, ...(dropped.length > 0 && { rejected: dropped }) }
}

function divided({ events, common }: TrackingCall, { clock, moreTypes }: CallOptions, isWebhook: boolean) {
  const now = clock()
  const checked = checkedEvents(
    events,
    (event) => ({ ...common, receivedAt: isWebhook ? arrivalOf(event, now) : now }),
    { types: [...EVENT_TYPES, ...moreTypes], ...(isWebhook && { most: Infinity }) }
  )
  return {
    // They are JSON objects with a type; their other members are checked when they are mapped.
    events: checked.flatMap((one) => (one.kind === 'valid' ? [one.event as unknown as SegmentEvent] : [])),
    dropped: checked.flatMap((one) => (one.kind === 'dropped' ? [{ index: one.index, problems: one.problems }] : []))
  }
}

/** Most events whose problems are named in an error. */
const MOST_NAMED = 3

function textOf(dropped: readonly Dropped[]): string {
  const named = dropped.slice(0, MOST_NAMED).map(({ index, problems }) => {
    const text = problems.map(({ field, message }) => `${field} ${message}`).join('; ')
    return dropped.length > 1 ? `event ${index + 1}: ${text}` : text
  })
  const more = dropped.length - named.length
  return `${named.join('. ')}${more > 0 ? `. ${more} more are not valid` : ''}.`
}

async function added(events: readonly SegmentEvent[], { sink, watch, limitMs }: CallOptions): Promise<void> {
  try {
    await withinTime((signal) => sink.add(events, signal), limitMs)
  } catch (error) {
    if (error instanceof FullError) throw new TrackingError(429, 'queue_full', `${error.message}. Send them later.`)
    watch.failed('Events could not be put on the queue', error)
    throw new TrackingError(503, 'queue_unavailable', 'It is not certain that the events are kept. Send them again.')
  }
}

async function withinTime(work: (signal: AbortSignal) => Promise<void>, limitMs: number): Promise<void> {
  const controller = new AbortController()
  const late = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error))
  })
  const timer = setTimeout(() => controller.abort(new Error(`no answer within ${limitMs} ms`)), limitMs)
  try {
    await Promise.race([work(controller.signal), late])
  } finally {
    clearTimeout(timer)
  }
}
