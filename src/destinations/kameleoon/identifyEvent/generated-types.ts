// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Kameleoon Visitor Code - a unique identifier for the user. Kameleoon gives one to every browser, in the cookie kameleoonVisitorCode. For events without it, Visitor Fallback decides.
   */
  kameleoonVisitorCode?: string
  /**
   * Traits to send with the event. They are stored, and anyone who knows the public site code and an ID of the user can read them, since Kameleoon serves stored data to browsers. Stored Traits limits what is stored.
   */
  properties?: {
    [k: string]: unknown
  }
  /**
   * Names of the traits to store, such as plan. Leave it empty to store all. Whatever is stored can be read by anyone who knows the public site code and an ID of the user, so leave out e-mail addresses, names and the like.
   */
  storedTraits?: string[]
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
   * Keep the stored data and change only the fields that the event has (one more request), or write only the fields that the event has. Kameleoon does not document whether other fields are removed then.
   */
  existingData?: string
  /**
   * How long Kameleoon keeps the stored data: 1 to 8784 hours (366 days). The default of 2208 hours is about 92 days.
   */
  ttlHours?: number
  /**
   * Whose event it is if it carries no visitor code: the visitor code that an earlier Identify call or a "Kameleoon identifier" event linked to the user (one more request to look it up), else the User ID; only a linked one; always the User ID, if you use one identifier for both tools; the visitor whom Kameleoon itself knows by the User ID as cross-device ID, for projects with a custom data for cross-device matching (choose it in the Identify mapping too, which ties visitors to users); or nobody, so that the event fails.
   */
  visitorFallback?: string
  /**
   * Filter events that are older than this. Kameleoon counts an event when it arrives, so a replay of old events distorts running experiments. Leave it empty to send events of any age.
   */
  maxEventAgeHours?: number
  /**
   * The ID associated with the user. It is used to find the linked visitor code, and as visitor code if there is none.
   */
  userId?: string
  /**
   * Anonymous id. It is used to find the linked visitor code, and never as a visitor code itself.
   */
  anonymousId?: string
  /**
   * Context of the event. It is not sent as such: the user agent, the visitor code and, with Send Device Data, the device are read from it.
   */
  context?: {
    [k: string]: unknown
  }
  /**
   * The timestamp of the event. Kameleoon counts events when they arrive; the time decides only which stored data is newer and how old the event is.
   */
  timestamp: string
  /**
   * The Segment messageId. An event that is sent again is recognised by it and counts once.
   */
  messageId: string
  /**
   * The type of the event, such as track. Leave it as it is.
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
