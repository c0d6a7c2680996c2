import { isRecord } from '../parts/json'

/** The example event in the editor. */
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
  /** Why the events cannot be sent; null also for invalid JSON, whose position the text field shows. */
  problem: string | null
}

/** The events in a JSON text: one object, or an array of objects. */
export function eventsIn(text: string): Written {
  const value = parsed(text)
  if (value === undefined) return { events: null, problem: text.trim() === '' ? 'Enter an event.' : null }
  const list: unknown[] = Array.isArray(value) ? value : [value]
  if (list.length === 0) return { events: null, problem: 'The array is empty.' }
  if (!list.every(isRecord)) return { events: null, problem: 'An event must be a JSON object.' }
  return { events: list, problem: null }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
