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
   * What happens if no goal is chosen: find the goal by name and create it if there is none, only find it, or convert no goal at all.
   */
  goalMatching?: string
  /**
   * The amount of the conversion.
   */
  revenue?: number
  /**
   * Take the amount back instead of adding it. If this is empty, amounts below zero and "Order Refunded" events are taken back.
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
   * Parameters of the event chosen above, by the names of Kameleoon's Data API.
   */
  visitEventParameters?: {
    [k: string]: unknown
  }
  /**
   * Also tell Kameleoon device, screen, language, time zone and place, as far as the context knows them.
   */
  sendDeviceData?: boolean
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
