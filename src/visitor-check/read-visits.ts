import type { KameleoonClient } from '../destinations/kameleoon'
import { isRecord, memberOf, parsedJson, recordOf } from '../segment-host'
import type { FoundEvent } from './visit-event'

/** Kameleoon's SDKs ask for 1 to 25 previous visits. https://github.com/Kameleoon/client-go */
export const MOST_PREVIOUS_VISITS = 25

/** The list of a visit for each event type. Other types, such as ACTIVITY, are not shown. */
const LISTS = {
  CONVERSION: 'conversionEvents',
  CUSTOMDATA: 'customDataEvents',
  PAGE: 'pageEvents',
  EXPERIMENT: 'experimentEvents',
  PERSONALIZATION: 'personalizationEvents',
  GEOLOCATION: 'geolocationEvents',
  STATICDATA: 'staticDataEvent'
} as const

/** Whether `GET /visit/visitor` shows events of this type. */
export function isShown(eventType: string): boolean {
  return Object.keys(LISTS).includes(eventType)
}

/** One visit of a visitor. Times are in milliseconds since 1970. */
export interface Visit {
  isCurrent: boolean
  startedAt: number | null
  lastEventAt: number | null
  events: FoundEvent[]
}

/**
 * Asks Kameleoon for the current visit of a visitor and the last 25 before it, the latest first. Empty when Kameleoon knows
 * nothing about the visitor. https://developers.kameleoon.com/apis/data-api-rest/all-endpoints/get-visit-visitor
 * @throws what the client throws, and an error when the answer has another form
 */
export async function readVisits(client: KameleoonClient, visitorCode: string): Promise<Visit[]> {
  const query = {
    siteCode: client.connection.siteCode,
    visitorCode,
    maxNumberPreviousVisits: String(MOST_PREVIOUS_VISITS),
    ...PARTS
  }
  try {
    const { text } = await client.call({
      method: 'GET',
      host: client.connection.dataHost,
      path: '/visit/visitor',
      query
    })
    return visitsIn(text)
  } catch (error) {
    // What Kameleoon answers for a visitor that it does not know is not documented.
    if (memberOf(error, 'status') === 404) return []
    throw error
  }
}

/** As the SDKs ask. Whether `all` includes personalizations and geolocation is not documented. */
const PARTS = {
  currentVisit: 'true',
  conversion: 'true',
  customData: 'true',
  page: 'true',
  experiment: 'true',
  personalization: 'true',
  geolocation: 'true',
  staticData: 'true'
}

function visitsIn(text: string): Visit[] {
  const answer = text.trim() === '' ? null : parsedJson(text)
  if (answer === null) return []
  if (!isRecord(answer)) throw new Error("Kameleoon's answer to GET /visit/visitor has no visits")
  const { currentVisit, previousVisits } = answer
  const previous: unknown[] = Array.isArray(previousVisits) ? previousVisits : []
  const current = isRecord(currentVisit) && Object.keys(currentVisit).length > 0 ? [visitIn(currentVisit, true)] : []
  return [...current, ...previous.map((visit) => visitIn(visit, false))]
}

function visitIn(visit: unknown, isCurrent: boolean): Visit {
  const events = Object.entries(LISTS).flatMap(([eventType, list]) => {
    // Static data is one object, everything else a list.
    const entries: unknown[] = [memberOf(visit, list) ?? []].flat()
    return entries.map((entry) => ({
      eventType,
      fields: recordOf(memberOf(entry, 'data')),
      at: timeOf(entry, 'time')
    }))
  })
  return { isCurrent, startedAt: timeOf(visit, 'timeStarted'), lastEventAt: timeOf(visit, 'timeLastEvent'), events }
}

/** Null as well for a number that is no time. */
function timeOf(value: unknown, member: string): number | null {
  const time = memberOf(value, member)
  return typeof time === 'number' && !Number.isNaN(new Date(time).getTime()) ? time : null
}
