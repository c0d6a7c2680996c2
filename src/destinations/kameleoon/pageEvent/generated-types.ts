// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Whose event this is: the visitor code that Kameleoon gives every browser, from the cookie kameleoonVisitorCode. Events without it follow the field "Visitor Fallback".
   */
  kameleoonVisitorCode?: string
  /**
   * The Kameleoon goal to convert. Leave it empty to find the goal by the name of the event.
   */
  goalId?: string
  /**
   * What to do if no goal is chosen: find the goal by the name of the event and create it if there is none (at most 100 an hour), only find it, or send no conversion.
   */
  goalMatching?: string
  /**
   * Custom data to set on the visitor: custom data index on the left, value or values on the right. An empty value clears it.
   */
  customData?: {
    [k: string]: unknown
  }
  /**
   * What happens to custom data of a list type: the values are added to the list, or take its place.
   */
  customDataLists?: string
  /**
   * Custom data to attach to the conversion: custom data index on the left, value or values on the right.
   */
  conversionMetadata?: {
    [k: string]: unknown
  }
  /**
   * Also send device, screen, language, time zone and place, if the context of the event has them.
   */
  sendDeviceData?: boolean
  /**
   * Whose event it is if it carries no visitor code: the visitor code that an earlier Identify call or a "Kameleoon identifier" event linked to the user (one more request to look it up), else the User ID; only a linked one; always the User ID, if you use one identifier for both tools; or nobody, so that the event fails.
   */
  visitorFallback?: string
  /**
   * Filter events that are older than this. Kameleoon counts an event when it arrives, so a replay of old events distorts running experiments. Leave it empty to send events of any age.
   */
  maxEventAgeHours?: number
  /**
   * The name of the page, by which its goal is found. A page without a name sends the page view only.
   */
  name?: string
  /**
   * Segment's user ID. It is used to find the linked visitor code, and as visitor code if there is none.
   */
  userId?: string
  /**
   * Segment's anonymous ID. It is used to find the linked visitor code, and never as a visitor code itself.
   */
  anonymousId?: string
  /**
   * The properties of the page: its address (url) and title are sent as a page view, the rest is not sent.
   */
  properties?: {
    [k: string]: unknown
  }
  /**
   * The event's context. It is not sent as such: the user agent, and with Send Device Data the device, are read from it. It may also have the visitor code.
   */
  context?: {
    [k: string]: unknown
  }
  /**
   * When the event happened. Kameleoon counts events when they arrive; the time decides only the order of stored data and the age of an event.
   */
  timestamp: string
  /**
   * Segment's ID of the event. An event that is sent again is recognised by it and counts once.
   */
  messageId?: string
  /**
   * The type of the Segment call, such as track. Leave it as it is.
   */
  type: string
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
