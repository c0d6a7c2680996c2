import type { EventType } from './events/event-types'
import type { VisitEvent } from './events/visit-event'
import type { EmulatorOptions } from './options'
import { isObject } from './values'
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
export function visitReply(
  visit: VisitEvent[],
  { sitecode, metadata }: Pick<EmulatorOptions, 'sitecode' | 'metadata'>,
  parts: string[]
): Record<string, unknown> {
  const reply: Record<string, unknown> = {
    siteCode: sitecode,
    visitorCode: visit[0].visitorCode,
    timeStarted: visit[0].at,
    timeLastEvent: visit[visit.length - 1].at
  }
  for (const { list, eventType } of parts.map((part) => VISIT_PARTS[part])) {
    const events = visit.filter((event) => event.eventType === eventType)
    const entries = events.map((event) => ({ data: readFields(event, metadata), time: event.givenTime ?? event.at }))
    if (eventType !== 'STATICDATA') reply[list] = entries
    else if (entries.length > 0) reply[list] = entries[entries.length - 1]
  }
  return reply
}

/** An event's fields as they are read. The JavaScript SDK declares the metadata of a conversion as a list, unlike what it sends. */
function readFields(event: VisitEvent, form: EmulatorOptions['metadata']): Record<string, unknown> {
  const { metadata, ...rest } = fieldsOf(event)
  if (metadata === undefined || form === 'drop') return rest
  return { ...rest, metadata: form === 'list' && isObject(metadata) ? customDataList(metadata) : metadata }
}

function customDataList(metadata: Record<string, unknown>): object[] {
  return Object.entries(metadata).map(([index, values]) => ({
    index: Number(index),
    valuesCountMap: Object.fromEntries((Array.isArray(values) ? values : []).map((value) => [String(value), 1]))
  }))
}
