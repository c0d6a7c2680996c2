/**
 * What Kameleoon's pages allow. Bytes are decimal, lengths are characters, times are hours unless a name says otherwise.
 * https://docs.kameleoon.com/api-reference/visit/send-visitor-events
 * https://docs.kameleoon.com/api-reference/map/update-data-for-several-keys
 * https://docs.kameleoon.com/api-reference/visit/remove-data-for-several-visitors
 * https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started
 */
export const LIMITS = {
  visitEventsBytes: 3_000_000,
  mapWriteBytes: 1_000_000,
  forgetBytes: 1_000_000,
  visitorCodeLength: 100,
  mapKeyLength: 100,
  mapFieldLength: 1024,
  mapKeysPerRead: 100,
  defaultTtlHours: 2208,
  maxTtlHours: 8784,
  previousVisits: 25,
  /** The browser script rejects longer values of one custom data event. */
  customDataValuesLength: 1000,
  /** The browser script cuts page addresses and titles here. */
  pageTextLength: 200,
  automationPage: 50,
  automationMaxPage: 200
} as const

/** Calls allowed per window of the Automation API. */
export const AUTOMATION_RATES = [
  { calls: 50, milliseconds: 10_000 },
  { calls: 1_000, milliseconds: 3_600_000 }
] as const
