/**
 * Kameleoon's limits. Bytes are bytes of UTF-8. Characters are counted in UTF-16 code units, the strictest way to count them.
 */

/** https://docs.kameleoon.com/api-reference/visit/send-visitor-events: 3 MB a body; Kameleoon's own SDKs stop at 2.5 MiB. */
export const MAX_VISIT_EVENTS_BYTES = 2.5 * 1024 * 1024

/** Kameleoon's browser script sends at most this many events in one request. */
export const MAX_VISIT_EVENTS_PER_REQUEST = 1000

/** https://docs.kameleoon.com/api-reference/map/update-data-for-several-keys: 1 MB a body. */
export const MAX_MAPS_BYTES = 1_000_000

/** Same page: a key has at most 100 characters, a field name 1,024, an entry lives at most 366 days. */
export const MAX_MAP_KEY_LENGTH = 100
export const MAX_FIELD_NAME_LENGTH = 1024
export const MIN_TTL_HOURS = 1
export const MAX_TTL_HOURS = 8784
export const DEFAULT_TTL_HOURS = 2208

/** https://docs.kameleoon.com/api-reference/map/get-data-for-several-keys; keys are sent in the address, which servers limit to about 8 KB. */
export const MAX_KEYS_PER_READ = 100
export const MAX_KEYS_QUERY_LENGTH = 6000

/** https://docs.kameleoon.com/api-reference/visit/send-visitor-events */
export const MAX_VISITOR_CODE_LENGTH = 100

/** Kameleoon's browser script rejects a value of custom data that is longer than this, and cuts addresses and titles. */
export const MAX_CUSTOM_DATA_LENGTH = 1000
export const MAX_PAGE_TEXT_LENGTH = 200

/** https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started: 50 requests in 10 s, 1,000 an hour. */
export const AUTOMATION_BUDGET = [
  { requests: 50, seconds: 10 },
  { requests: 1000, seconds: 3600 }
] as const

/**
 * Page sizes of the Automation API. 200 items are asked for, but some accounts get only 50. A list does not say how many
 * items it has, so only a page with fewer than 50 is certainly the last.
 */
export const AUTOMATION_PAGE_SIZE = 200
export const AUTOMATION_SMALLEST_PAGE_SIZE = 50

/** A longer list is taken for an error of the server. So many pages have at least 25,000 goals. */
export const AUTOMATION_MAX_PAGES = 500

/**
 * Goals are looked for by their names, several names a request. A list of up to this many pages is read too, since it shows
 * names that are written a little differently; a longer one takes too many of the requests that a whole account has.
 */
export const AUTOMATION_FEW_PAGES = 5

/** The names of a filter are sent in the address, which servers limit to about 8 KB. */
export const MAX_FILTER_LENGTH = 5000

/** So many goals are created for a project in an hour at most, by one process: names made by a program would fill the project. */
export const MAX_NEW_GOALS_PER_HOUR = 100

/** A goal with a longer name is found, but none is created. No page of Kameleoon names a limit; no person writes longer ones. */
export const MAX_NEW_GOAL_NAME_LENGTH = 200

/** Segment retries for about four hours: https://segment.com/docs/connections/destinations/#retries */
export const MAX_RETRY_AFTER_SECONDS = 4 * 60 * 60

/**
 * How much a process remembers at most, of all accounts and projects together; what was not used for longest is forgotten
 * first. A link takes about 300 bytes, a goal about as much, everything else less than 10 MB.
 */
export const REMEMBERED = { apiKeys: 2000, tokens: 2000, projects: 2000, links: 50_000, goals: 100_000 } as const

/** A limit for the parts into which items are divided. */
export interface Limit<Item> {
  most: number
  /** What an item adds to the part that it would join. */
  sizeOf: (item: Item, part: readonly Item[]) => number
}

/** Divides items, in their order, into as few parts as the limits allow. An item above a limit gets a part of its own. */
export function packed<Item>(items: readonly Item[], limits: ReadonlyArray<Limit<Item>>): Item[][] {
  const parts: Item[][] = []
  let part: Item[] = []
  let sizes: number[] = []
  for (const item of items) {
    sizes = limits.map(({ sizeOf }, index) => sizes[index] + sizeOf(item, part))
    if (part.length === 0 || limits.some(({ most }, index) => sizes[index] > most)) {
      part = []
      parts.push(part)
      sizes = limits.map(({ sizeOf }) => sizeOf(item, part))
    }
    part.push(item)
  }
  return parts
}
