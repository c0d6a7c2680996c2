import type { SegmentEvent } from '@segment/actions-core'
import { filteredByIntegrations, memberOf, textOf, type CompleteEvent } from '../../../segment-host'
import type { EventOrigin } from '../../contract'
import { visitorCodeIn } from '../event-log/event-ids'
import type { EventLog } from '../event-log/event-log'
import type { LiveEvent } from '../event-log/live-event'
import type { HostedDefinition } from '../hosted'
import type { LiveDelivery } from './live-delivery'

/** What is needed to receive an event. */
export interface Receiver {
  definition: HostedDefinition
  events: EventLog
  delivery: LiveDelivery
  /** The current time in milliseconds. */
  clock: () => number
}

/**
 * Adds an event to the log and to the queues of its mappings.
 * @param rejection why the source rejects the event; it is then only logged
 */
export function receive(
  { definition, events, delivery, clock }: Receiver,
  event: CompleteEvent,
  origin: EventOrigin,
  rejection: string | null = null
): LiveEvent {
  const { type, messageId } = event
  const live = events.add({
    ...{ origin, rejection, receivedAt: clock(), text: JSON.stringify(event) },
    filtered: filteredByIntegrations(event, definition),
    type: textOf(type) ?? 'unknown',
    name: nameOf(event),
    visitorCode: visitorCodeIn(event),
    messageId: textOf(messageId),
    currency: textOf(memberOf(event.properties, 'currency'))
  })
  // It is a JSON object; its members are checked when it is mapped.
  if (rejection === null) delivery.receive(live, event as unknown as SegmentEvent)
  return live
}

function nameOf({ type, event, name, groupId }: CompleteEvent): string | null {
  if (type === 'track') return textOf(event)
  return type === 'group' ? textOf(groupId) : textOf(name)
}
