// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Kameleoon Visitor Code - a unique identifier for the user. Without it the User ID is taken.
   */
  kameleoonVisitorCode?: string
  /**
   * Anonymous id
   */
  anonymousId?: string
  /**
   * The ID associated with the user
   */
  userId?: string
  /**
   * The type of the event
   */
  type: string
  /**
   * The group id
   */
  groupId: string
  /**
   * Traits to send with the event
   */
  properties?: {
    [k: string]: unknown
  }
  /**
   * Context properties to send with the event
   */
  context?: {
    [k: string]: unknown
  }
  /**
   * The timestamp of the event
   */
  timestamp: string
  /**
   * The Segment messageId
   */
  messageId: string
  /**
   * Custom data to set on the visitor: custom data index on the left, value or values on the right.
   */
  customData?: {
    [k: string]: unknown
  }
  /**
   * How long Kameleoon keeps the stored data: 1 to 8784 hours (366 days). The default of 2208 hours is about 92 days.
   */
  ttlHours?: number
  /**
   * Keep what is stored already and change only what the event tells (one more request), or write only what the event tells. Whether Kameleoon then drops the rest is not documented.
   */
  existingData?: string
  /**
   * Look up the visitor code that was linked to this user by an Identify call or a "Kameleoon identifier" event, for events that carry none themselves.
   */
  linkedVisitors?: boolean
  /**
   * Filtered events older than this. Kameleoon counts an event when it arrives, so a replay of old events distorts running experiments. Leave it empty to send events of any age.
   */
  maxEventAgeHours?: number
  /**
   * Send many events in one request.
   */
  enable_batching?: boolean
  /**
   * How many events Segment puts into one batch at the most.
   */
  batch_size?: number
  /**
   * How many bytes Segment puts into one batch at the most.
   */
  batch_bytes?: number
}
