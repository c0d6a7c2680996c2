import type { SegmentEvent } from '@segment/actions-core'
import { filteredByIntegrations, textOf, type CompleteEvent } from '../../../segment-host'
import type { EventOrigin, Subscription } from '../../contract'
import { currencyIn } from '../event-log/currency'
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

interface ReceivedAs {
  /** Why the source rejects the event; it is then only logged. */
  rejection?: string
  /** The id of the event that it repeats. */
  replayOf?: string
}

/** Adds an event to the log and to the queues of its mappings. */
export function receive(receiver: Receiver, event: CompleteEvent, origin: EventOrigin, as: ReceivedAs = {}): LiveEvent {
  const live = logged(receiver, event, origin, as)
  // It is a JSON object; its members are checked when it is mapped.
  if (as.rejection === undefined) receiver.delivery.receive(live, event as unknown as SegmentEvent)
  return live
}

/** Adds an event to the log and sends it through this mapping only, which need not be saved. */
export function receiveTest(receiver: Receiver, event: CompleteEvent, mapping: Subscription): LiveEvent {
  const live = logged(receiver, event, 'test', {})
  // As above.
  receiver.delivery.receiveTest(live, event as unknown as SegmentEvent, mapping)
  return live
}

function logged(
  { definition, events, clock }: Receiver,
  event: CompleteEvent,
  origin: EventOrigin,
  { rejection, replayOf }: ReceivedAs
): LiveEvent {
  const { type, messageId } = event
  return events.add({
    ...{ origin, rejection: rejection ?? null, receivedAt: clock(), text: JSON.stringify(event) },
    replayOf: replayOf ?? null,
    filtered: filteredByIntegrations(event, definition),
    type: textOf(type) ?? 'unknown',
    name: nameOf(event),
    visitorCode: visitorCodeIn(event),
    messageId: textOf(messageId),
    currency: currencyIn(event)
  })
}

function nameOf({ type, event, name, groupId }: CompleteEvent): string | null {
  if (type === 'track') return textOf(event)
  return type === 'group' ? textOf(groupId) : textOf(name)
}
