/** Where a user starts who writes an event for the first time. */
export const FIRST_EVENT = JSON.stringify(
  {
    type: 'track',
    event: 'Order Completed',
    userId: 'user-1',
    properties: { kameleoonVisitorCode: 'visitor-1', revenue: 49.9, currency: 'EUR' }
  },
  null,
  2
)

interface Written {
  events: object[] | null
  /** What keeps it from being sent; the place of malformed JSON is told elsewhere. */
  problem: string | null
}

/** The events of a text that holds one or a list of them. */
export function eventsIn(text: string): Written {
  const value = parsed(text)
  if (value === undefined) return { events: null, problem: text.trim() === '' ? 'Write an event.' : null }
  const list: unknown[] = Array.isArray(value) ? value : [value]
  if (list.length === 0) return { events: null, problem: 'The list is empty.' }
  if (!list.every(isObject)) return { events: null, problem: 'An event is a JSON object.' }
  return { events: list, problem: null }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
