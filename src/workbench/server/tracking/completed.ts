import { randomUUID } from 'crypto'
import type { CompleteEvent } from '../delivery/receive'

/** What a request says about all of its events. */
export interface Envelope {
  receivedAt: number
  /** When the client sent it, by the client's clock. */
  sentAt?: unknown
  context?: unknown
  integrations?: unknown
  /** Address of the client, for libraries that run where it is the visitor's own. */
  ip?: string
}

/**
 * An event as Segment completes it: messageId, times, and what the batch says of all its events.
 * https://segment.com/docs/connections/spec/common/
 */
export function completed(event: Record<string, unknown>, envelope: Envelope): CompleteEvent {
  const { writeKey: _writeKey, context: _context, ...rest } = event
  const sentAt = event.sentAt ?? envelope.sentAt
  const context = contextOf(event, envelope)
  const integrations = merged(envelope.integrations, event.integrations)
  return {
    ...rest,
    ...(context === undefined ? {} : { context }),
    ...(integrations === undefined ? {} : { integrations }),
    messageId: event.messageId ?? `api-${randomUUID()}`,
    ...timesOf(event, sentAt, envelope.receivedAt)
  }
}

function contextOf(event: Record<string, unknown>, { context, ip }: Envelope): unknown {
  // Null says nothing, and Segment's framework cannot read it.
  const whole = merged(context, event.context) ?? undefined
  if (ip === undefined || !isObject(whole) || whole.ip !== undefined) return whole
  const { library } = whole
  return isObject(library) && library.name === 'analytics.js' ? { ...whole, ip } : whole
}

/** What the event says goes before what the batch says; anything but objects is left for the check to find. */
function merged(ofBatch: unknown, ofEvent: unknown): unknown {
  if (ofEvent === undefined || ofEvent === null) return ofBatch ?? ofEvent
  return isObject(ofBatch) && isObject(ofEvent) ? { ...ofBatch, ...ofEvent } : ofEvent
}

/** A client's clock may be wrong, so only the time between its own two stamps counts. */
function timesOf(event: Record<string, unknown>, sentAt: unknown, receivedAt: number): Record<string, unknown> {
  const received = new Date(receivedAt).toISOString()
  const original = event.originalTimestamp ?? event.timestamp ?? sentAt ?? received
  const times = { originalTimestamp: original, receivedAt: received, ...(sentAt === undefined ? {} : { sentAt }) }
  const [sentMs, originalMs] = [millisecondsOf(sentAt), millisecondsOf(original)]
  if (sentMs === null || originalMs === null) return { timestamp: original, ...times }
  return { timestamp: new Date(receivedAt - (sentMs - originalMs)).toISOString(), ...times }
}

/** Times that are too far away for a Date count as none. */
function millisecondsOf(time: unknown): number | null {
  const milliseconds = typeof time === 'string' ? Date.parse(time) : NaN
  return Math.abs(milliseconds) < LATEST_MS ? milliseconds : null
}

const LATEST_MS = Date.UTC(9999, 0, 1)

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
