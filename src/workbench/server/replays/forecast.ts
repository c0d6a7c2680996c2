import type { CompleteEvent } from '../../../segment-host'
import type { ReplayForecast, Subscription } from '../../contract'
import type { EventLog } from '../event-log/event-log'
import { isSameMessage, type LiveEvent } from '../event-log/live-event'
import type { TargetKind } from '../hosted'
import { eventPreviews, type EventPreviewSources } from '../preview/event-preview'

export interface ForecastSources extends EventPreviewSources {
  events: Pick<EventLog, 'all'>
  settings: EventPreviewSources['settings'] & { readonly target: TargetKind }
}

/**
 * What will happen when an event is sent again through the mappings as they are now. What was received before is known from
 * all events of the log with the same message id.
 */
export async function replayForecast(live: LiveEvent, sources: ForecastSources): Promise<ReplayForecast> {
  const { settings, subscriptions, events } = sources
  const { target } = settings
  const { rejection, text } = live.arrival
  if (rejection !== null) return notPossible(target, `It would be rejected again: ${rejection}`)
  // The text was written from an event.
  const [{ mappings }] = await eventPreviews(sources, [JSON.parse(text) as CompleteEvent])
  const now = new Map(subscriptions.list().map((one) => [one.id, one]))
  const wasSent = live.traces.filter(({ matched }) => matched)
  return {
    ...{ target, impossible: null, mappings: mappings.filter(({ matched }) => matched) },
    wasCounted: wasCounted(live, events.all(), target),
    isChanged: wasSent.some(({ subscription }) => isChanged(subscription, now.get(subscription.id)))
  }
}

function notPossible(target: TargetKind, impossible: string): ReplayForecast {
  return { target, impossible, wasCounted: false, isChanged: false, mappings: [] }
}

/** Whether a target received something of the message of an event, as far as the events of the log show. */
export function wasCounted({ arrival }: LiveEvent, events: LiveEvent[], target: TargetKind): boolean {
  const same = events.filter((one) => isSameMessage(one.arrival, arrival))
  return same.some(({ traces }) => traces.some(({ kept, wentTo }) => wentTo === target && kept !== 'nothing'))
}

/** Whether a mapping was changed or removed; a file that was read anew has new objects with the same content. */
export function isChanged(before: Subscription, now: Subscription | undefined): boolean {
  return before !== now && contentOf(before) !== (now && contentOf(now))
}

function contentOf({ partnerAction, subscribe, enabled, mapping }: Subscription): string {
  return JSON.stringify([partnerAction, subscribe, enabled, mapping])
}
