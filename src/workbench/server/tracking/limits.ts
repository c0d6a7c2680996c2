/**
 * What Segment's Tracking API takes. A kilobyte has 1024 bytes, as Segment's own libraries count.
 * https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#errors
 */
export const TRACKING_LIMITS = {
  eventBytes: 32 * 1024,
  batchBytes: 500 * 1024,
  eventsPerBatch: 2_500,
  messageIdLength: 100
} as const

/** Calls of Segment's spec. https://segment.com/docs/connections/spec/ */
export const EVENT_TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const

export type EventType = (typeof EVENT_TYPES)[number]
