import { memberOf, parsedJson, recordOf, textOf } from '../segment-host'
import type { SentEvent } from './visit-event'

/** A request as it was sent, and what came back. */
export interface SentRequest {
  method: string
  url: string
  body: string | null
  /** When it was sent, in milliseconds since 1970. */
  at: number | null
  /** Why Kameleoon did not take it; null when it did. */
  problem: string | null
}

/**
 * The visit events of one visitor in these requests, each once. A repeated event has the same nonce; the request that
 * Kameleoon took counts.
 */
export function sentEventsIn(requests: readonly SentRequest[], visitorCode: string): SentEvent[] {
  const events = new Map<string, SentEvent>()
  for (const event of requests.flatMap((request) => visitEventsIn(request, visitorCode))) {
    const known = events.get(event.nonce)
    if (!known || (known.problem !== null && event.problem === null)) events.set(event.nonce, event)
  }
  return [...events.values()]
}

/** The visit events of one visitor in one request; none for a request of another kind. */
export function visitEventsIn({ method, url, body, at, problem }: SentRequest, visitorCode: string): SentEvent[] {
  // Most requests are about other visitors, and parsing takes time. JSON may write other characters as escapes.
  const isPlain = /^[\w.:-]+$/.test(visitorCode)
  if (method !== 'POST' || body === null || (isPlain && !body.includes(visitorCode))) return []
  if (new URL(url).pathname !== '/visit/events') return []
  const content = parsedJson(body)
  const events: unknown[] = Array.isArray(content) ? content : []
  return events
    .filter((event) => memberOf(event, 'visitorCode') === visitorCode)
    .map((event) => {
      const { eventType, nonce, visitorCode: _code, userAgent: _agent, ...fields } = recordOf(event)
      return {
        ...{ nonce: textOf(nonce) ?? '', eventType: (textOf(eventType) ?? '').toUpperCase() },
        ...{ fields, at, problem, source: null }
      }
    })
}
