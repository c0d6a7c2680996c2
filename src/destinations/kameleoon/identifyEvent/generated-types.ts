// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Kameleoon Visitor Code - a unique identifier for the user. Without it the User ID is used.
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
   * Keep the stored data and change only the fields that the event has (one more request), or write only the fields that the event has. Kameleoon does not document whether other fields are removed then.
   */
  existingData?: string
  /**
   * For events without a visitor code: look up the visitor code that an Identify call or a "Kameleoon identifier" event has linked to the user.
   */
  linkedVisitors?: boolean
  /**
   * Filter events that are older than this. Kameleoon counts an event when it arrives, so a replay of old events distorts running experiments. Leave it empty to send events of any age.
   */
  maxEventAgeHours?: number
  /**
   * Send many events in one request.
   */
  enable_batching?: boolean
  /**
   * The largest number of events that Segment puts into one batch.
   */
  batch_size?: number
  /**
   * The largest number of bytes that Segment puts into one batch.
   */
  batch_bytes?: number
}
