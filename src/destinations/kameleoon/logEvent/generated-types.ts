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
   * The event name
   */
  event?: string
  /**
   * Additional event Properties or user Traits to send with the event
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
   * The Kameleoon goal to convert. Leave it empty to find the goal by the name of the event.
   */
  goalId?: string
  /**
   * What to do if no goal is chosen: find the goal by name and create it if there is none, only find it, or send no conversion.
   */
  goalMatching?: string
  /**
   * The amount of the conversion.
   */
  revenue?: number
  /**
   * Subtract the amount instead of adding it. If this is empty, amounts below zero and "Order Refunded" events are refunds.
   */
  negative?: boolean
  /**
   * Custom data to attach to the conversion: custom data index on the left, value or values on the right.
   */
  conversionMetadata?: {
    [k: string]: unknown
  }
  /**
   * Custom data to set on the visitor: custom data index on the left, value or values on the right.
   */
  customData?: {
    [k: string]: unknown
  }
  /**
   * Send this event of Kameleoon's Data API, with the parameters below, instead of a conversion.
   */
  visitEventType?: string
  /**
   * Parameters of the event chosen above, named as in Kameleoon's Data API.
   */
  visitEventParameters?: {
    [k: string]: unknown
  }
  /**
   * Also send device, screen, language, time zone and place, if the context of the event has them.
   */
  sendDeviceData?: boolean
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
