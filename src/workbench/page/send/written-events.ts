import { isRecord } from '../parts/json'
import type { SegmentEvent } from './form-event'

/** The event that the form begins with. */
export const FIRST_EVENT = textOf({
  type: 'track',
  event: 'Order Completed',
  userId: 'user-1',
  properties: { kameleoonVisitorCode: 'visitor-1', revenue: 49.9, currency: 'EUR' }
})

/** An event as it is written under JSON. */
export function textOf(event: SegmentEvent): string {
  return JSON.stringify(event, null, 2)
}

interface Written {
  events: SegmentEvent[] | null
  /** The only event, which the form can show; null for a list. */
  single: SegmentEvent | null
  /** Why the events cannot be sent; null also for invalid JSON, whose position the text field shows. */
  problem: string | null
}

/** The events in a JSON text: one object, or an array of objects. */
export function eventsIn(text: string): Written {
  const value = parsed(text)
  if (value === undefined) return unusable(text.trim() === '' ? 'Enter an event.' : null)
  if (isRecord(value)) return { events: [value], single: value, problem: null }
  const list: unknown[] = Array.isArray(value) ? value : [value]
  if (list.length === 0) return unusable('The array is empty.')
  if (!list.every(isRecord)) return unusable('An event must be a JSON object.')
  return { events: list, single: null, problem: null }
}

function unusable(problem: string | null): Written {
  return { events: null, single: null, problem }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
