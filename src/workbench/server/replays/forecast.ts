import type { JSONObject } from '@segment/actions-core'
import { matcherOf } from '../../../segment-host'
import type { ReplayForecast, Subscription } from '../../contract'
import { mappedPayload } from '../destination/mapped-payload'
import type { EventLog } from '../event-log/event-log'
import { isSameMessage, type LiveEvent } from '../event-log/live-event'
import type { MappingTrace } from '../event-log/mapping-trace'
import type { CurrentSubscriptions, HostedDefinition, TargetKind } from '../hosted'

export interface ForecastSources {
  definition: HostedDefinition
  events: Pick<EventLog, 'all'>
  settings: { readonly target: TargetKind }
  subscriptions: CurrentSubscriptions
}

/** These actions send no visit event, and what they store replaces the same that was stored before. */
const ONLY_STORE = ['identifyEvent', 'groupEvent']

/**
 * What will happen when an event is sent again through the mappings as they are now. What was delivered before is taken
 * from all events of the log with the same message id: Kameleoon can know a part again only if the same was sent.
 */
export async function replayForecast(live: LiveEvent, sources: ForecastSources): Promise<ReplayForecast> {
  const { settings, subscriptions, definition, events } = sources
  const impossible = live.arrival.rejection === null ? null : `It would be rejected again: ${live.arrival.rejection}`
  const event = JSON.parse(live.arrival.text) as JSONObject
  const payloadOf = async ({ partnerAction, mapping }: Subscription): Promise<string> => {
    // The mapping came as JSON, from the page or a file.
    const { payload } = await mappedPayload(definition, { partnerAction, mapping: mapping as JSONObject }, event)
    return JSON.stringify([partnerAction, payload])
  }
  const same = events.all().filter(({ arrival }) => isSameMessage(arrival, live.arrival))
  const delivered = deliveredTo(settings.target, same)
  const before = new Set(await Promise.all(delivered.map(({ subscription }) => payloadOf(subscription))))
  const taking = impossible !== null ? [] : subscriptions.list().filter((one) => takes(one, event))
  const mappings = taking.map(async (now) => ({
    ...{ id: now.id, name: now.name },
    effect: effectOf(now, before.has(await payloadOf(now)), delivered.length > 0 && wasDeliveredBy(now, delivered)),
    isChanged: isChanged(live.traces.find(({ subscription }) => subscription.id === now.id)?.subscription, now)
  }))
  return { target: settings.target, impossible, mappings: await Promise.all(mappings) }
}

function takes({ enabled, subscribe }: Subscription, event: JSONObject): boolean {
  // The event was read as a JSON object; a filter looks at members of any kind.
  return enabled && (matcherOf(subscribe)?.(event as never) ?? false)
}

type Effect = ReplayForecast['mappings'][number]['effect']

function effectOf({ partnerAction }: Subscription, isSame: boolean, isDelivered: boolean): Effect {
  if (ONLY_STORE.includes(partnerAction)) return 'stored'
  if (isSame) return 'duplicate'
  return isDelivered ? 'again' : 'first'
}

/** The mappings that delivered something of these events to a target. */
function deliveredTo(target: TargetKind, events: LiveEvent[]): MappingTrace[] {
  return events
    .flatMap(({ traces }) => traces)
    .filter(
      ({ kept, status, wentTo }) =>
        wentTo === target && (kept !== 'nothing' || (target === 'real' && status === 'delivered'))
    )
}

function wasDeliveredBy({ id }: Subscription, delivered: MappingTrace[]): boolean {
  return delivered.some(({ subscription }) => subscription.id === id)
}

/** Whether a mapping was changed; a file that was read anew has new objects with the same content. */
export function isChanged(before: Subscription | undefined, now: Subscription | undefined): boolean {
  return before !== undefined && before !== now && JSON.stringify(contentOf(before)) !== JSON.stringify(contentOf(now))
}

function contentOf(subscription: Subscription | undefined): unknown {
  if (!subscription) return null
  const { partnerAction, subscribe, enabled, mapping } = subscription
  return [partnerAction, subscribe, enabled, mapping]
}
