/** What belongs to the one sending of an event; an edited event is a new one and gets its own. */
const OF_ONE_SENDING = ['messageId', 'timestamp', 'receivedAt', 'sentAt', 'originalTimestamp']

/** The event as a user would write it. */
export function editable(event: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(event).filter(([key]) => !OF_ONE_SENDING.includes(key)))
}
