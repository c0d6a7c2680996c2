import { randomUUID } from 'crypto'
import { isRecord } from './values'

/** An event as Segment hands it to destinations. */
export type CompleteEvent = Record<string, unknown>

/** What a request to the Tracking API sets for all of its events. */
export interface Envelope {
  /** Milliseconds. */
  receivedAt: number
  /** When the client sent the request, by the client's clock. */
  sentAt?: unknown
  context?: unknown
  integrations?: unknown
  /** IP address of the client. Only analytics.js runs in the visitor's browser, so only its events get it. */
  ip?: string
}

/**
 * An event as Segment completes it: with a messageId, with times, and with what its batch sets for all events.
 * https://segment.com/docs/connections/spec/common/
 * @param newId the part of a messageId after `api-`, for an event that has none
 */
export function completed(
  event: Record<string, unknown>,
  envelope: Envelope,
  newId: () => string = randomUUID
): CompleteEvent {
  const { writeKey: _writeKey, context: _context, ...rest } = event
  const sentAt = event.sentAt ?? envelope.sentAt
  const context = contextOf(event, envelope)
  const integrations = merged(envelope.integrations, event.integrations)
  return {
    ...rest,
    ...(context === undefined ? {} : { context }),
    ...(integrations === undefined ? {} : { integrations }),
    messageId: event.messageId ?? `api-${newId()}`,
    ...timesOf(event, sentAt, envelope.receivedAt)
  }
}

function contextOf(event: Record<string, unknown>, { context, ip }: Envelope): unknown {
  // Segment's framework cannot read a context of null.
  const whole = merged(context, event.context) ?? undefined
  if (ip === undefined || !isRecord(whole) || whole.ip !== undefined) return whole
  const { library } = whole
  return isRecord(library) && library.name === 'analytics.js' ? { ...whole, ip } : whole
}

/** The event's members win over those of the batch. Values that are not objects are kept, so that the check reports them. */
function merged(ofBatch: unknown, ofEvent: unknown): unknown {
  if (ofEvent === undefined || ofEvent === null) return ofBatch ?? ofEvent
  return isRecord(ofBatch) && isRecord(ofEvent) ? { ...ofBatch, ...ofEvent } : ofEvent
}

/**
 * The timestamp is the time of arrival minus the time between the client's own two stamps, because the client's clock may
 * be wrong. https://segment.com/docs/connections/spec/common/#timestamps
 */
function timesOf(event: Record<string, unknown>, sentAt: unknown, receivedAt: number): Record<string, unknown> {
  const received = new Date(receivedAt).toISOString()
  const original = event.originalTimestamp ?? event.timestamp ?? sentAt ?? received
  const times = { originalTimestamp: original, receivedAt: received, ...(sentAt === undefined ? {} : { sentAt }) }
  const [sentMs, originalMs] = [millisecondsOf(sentAt), millisecondsOf(original)]
  if (sentMs === null || originalMs === null) return { timestamp: original, ...times }
  return { timestamp: new Date(receivedAt - (sentMs - originalMs)).toISOString(), ...times }
}

/** Null for anything but a time that a Date can hold with some room to spare. */
function millisecondsOf(time: unknown): number | null {
  const milliseconds = typeof time === 'string' ? Date.parse(time) : NaN
  return Math.abs(milliseconds) < LATEST_MS ? milliseconds : null
}

const LATEST_MS = Date.UTC(9999, 0, 1)
