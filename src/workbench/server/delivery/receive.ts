import type { SegmentEvent } from '@segment/actions-core'
import type { EventOrigin } from '../../contract'
import type { EventLog } from '../event-log/event-log'
import type { HostedDefinition } from '../hosted'
import type { LiveDelivery } from './live-delivery'
import { visitorCodeIn } from '../event-log/ids-in'
import type { LiveEvent } from '../event-log/live-event'
import { filteredByIntegrations } from '../../../segment-host'

/** An event as Segment hands it on to destinations. */
export type CompleteEvent = Record<string, unknown>

/** What is needed to receive an event. */
export interface Receiver {
  definition: HostedDefinition
  events: EventLog
  delivery: LiveDelivery
  /** The current time in milliseconds. */
  clock: () => number
}

/** Writes an event down and takes it to its mappings; one that the source rejected goes no further. */
export function receive(
  { definition, events, delivery, clock }: Receiver,
  event: CompleteEvent,
  origin: EventOrigin,
  rejection: string | null = null
): LiveEvent {
  const { type, messageId } = event
  const live = events.add({
    ...{ origin, rejection, receivedAt: clock(), text: JSON.stringify(event) },
    heldBack: filteredByIntegrations(event, definition.name),
    type: textOf(type) ?? 'unknown',
    name: nameOf(event),
    visitorCode: visitorCodeIn(event),
    messageId: textOf(messageId)
  })
  // Whatever it holds, it is a JSON object: more is for the mappings to judge.
  if (rejection === null) delivery.receive(live, event as unknown as SegmentEvent)
  return live
}

function nameOf({ type, event, name, groupId }: CompleteEvent): string | null {
  if (type === 'track') return textOf(event)
  return type === 'group' ? textOf(groupId) : textOf(name)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}
