import { parseFql, validate } from '@segment/destination-subscriptions'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'

/** What Segment calls a mapping: which events go to which action of the destination, and with which fields. */
export interface Subscription {
  name: string
  partnerAction: string
  /** A query in Segment's own language, for example `type = "track"`. */
  subscribe: string
  mapping: JSONObject
}

export type Matches = (event: SegmentEvent) => boolean

/** The query as a function of an event, or null when it is not a query. */
export function matcherOf(query: string): Matches | null {
  const condition = parseFql(query)
  // The parser takes the end of the text for a value: `type =` would silently match nothing.
  if ('error' in condition || /[=<>]\s*$/.test(query)) return null
  return (event) => validate(condition, event)
}
