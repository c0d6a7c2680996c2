import type { ManyReplayForecast } from '../../contract'
import type { EventLog } from '../event-log/event-log'
import type { LiveEvent } from '../event-log/live-event'
import { matchingEvents } from '../events/matching'
import type { CurrentSubscriptions, TargetKind } from '../hosted'
import { isChanged } from './forecast'

/**
 * The failed events of a list that can be sent again, oldest first; of several that are the same message only the latest,
 * and none that a later replay has delivered.
 */
export async function failedEvents(events: EventLog, q: string): Promise<LiveEvent[]> {
  return failedAmong(await matchingEvents(events, q), events)
}

function failedAmong(matching: LiveEvent[], events: EventLog): LiveEvent[] {
  const failed = matching.filter(({ status }) => status === 'rejected')
  const latest = new Map(events.all().map((event) => [event.arrival.messageId ?? event.id, event]))
  return failed.filter((event) => canBeSent(event) && latest.get(event.arrival.messageId ?? event.id) === event)
}

function canBeSent({ arrival }: LiveEvent): boolean {
  return arrival.rejection === null
}

interface Sources {
  events: EventLog
  subscriptions: CurrentSubscriptions
  settings: { readonly target: TargetKind }
}

/** What a replay of all failed events of a list would send. */
export async function manyReplayForecast(
  q: string,
  { events, subscriptions, settings }: Sources
): Promise<ManyReplayForecast> {
  const matching = await matchingEvents(events, q)
  const failed = failedAmong(matching, events)
  const now = new Map(subscriptions.list().map((one) => [one.id, one]))
  const isMended = ({ traces }: LiveEvent): boolean =>
    traces.some(
      ({ status, subscription }) => status === 'rejected' && isChanged(subscription, now.get(subscription.id))
    )
  return {
    target: settings.target,
    events: failed.length,
    afterChange: failed.filter(isMended).length,
    partlyDelivered: failed.filter(({ traces }) => traces.some(({ kept }) => kept !== 'nothing')).length,
    impossible: matching.filter((event) => event.status === 'rejected' && !canBeSent(event)).length
  }
}
