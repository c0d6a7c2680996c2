import type { EventType } from './events/event-types'
import type { VisitEvent } from './events/visit-event'
import { fieldsOf } from './visitors'

/** Milliseconds without events that end a visit. Kameleoon's pages give no number; half an hour is usual. */
const VISIT_END_MS = 30 * 60_000

/** What each boolean parameter of `GET /visit/visitor` adds to a visit. */
export const VISIT_PARTS: Record<string, { list: string; eventType: EventType }> = {
  conversion: { list: 'conversionEvents', eventType: 'CONVERSION' },
  customData: { list: 'customDataEvents', eventType: 'CUSTOMDATA' },
  page: { list: 'pageEvents', eventType: 'PAGE' },
  experiment: { list: 'experimentEvents', eventType: 'EXPERIMENT' },
  personalization: { list: 'personalizationEvents', eventType: 'PERSONALIZATION' },
  geolocation: { list: 'geolocationEvents', eventType: 'GEOLOCATION' },
  staticData: { list: 'staticDataEvent', eventType: 'STATICDATA' }
}

/** Splits the events of one visitor into visits, oldest first. A visit ends after half an hour without events. */
export function splitVisits(events: VisitEvent[]): VisitEvent[][] {
  const visits: VisitEvent[][] = []
  for (const event of events) {
    const last = visits[visits.length - 1]
    if (last === undefined || event.at - last[last.length - 1].at >= VISIT_END_MS) visits.push([event])
    else last.push(event)
  }
  return visits
}

/** Whether the visit has not ended at this time. */
export function isCurrent(visit: VisitEvent[], now: number): boolean {
  return now - visit[visit.length - 1].at < VISIT_END_MS
}

/**
 * A visit as `GET /visit/visitor` returns it, with the requested parts.
 * https://developers.kameleoon.com/apis/data-api-rest/all-endpoints/get-visit-visitor
 */
export function visitReply(visit: VisitEvent[], siteCode: string, parts: string[]): Record<string, unknown> {
  const reply: Record<string, unknown> = {
    siteCode,
    visitorCode: visit[0].visitorCode,
    timeStarted: visit[0].at,
    timeLastEvent: visit[visit.length - 1].at
  }
  for (const { list, eventType } of parts.map((part) => VISIT_PARTS[part])) {
    const events = visit.filter((event) => event.eventType === eventType)
    const entries = events.map((event) => ({ data: fieldsOf(event), time: event.at }))
    if (eventType !== 'STATICDATA') reply[list] = entries
    else if (entries.length > 0) reply[list] = entries[entries.length - 1]
  }
  return reply
}
