import type { RecordedExchange } from '../../../segment-host'
import { visitEventsIn, type SentEvent } from '../../../visitor-check'
import type { EventLog } from '../event-log/event-log'
import type { TracedRequest } from '../event-log/batch-trace'
import { sourceOf } from './event-sources'

/** The visit events that the events of the log sent for a visitor, each with the Segment event that it was made of. */
export function sentToVisitor(events: Pick<EventLog, 'all'>, visitorCode: string): SentEvent[] {
  const parsed = new Map<RecordedExchange, SentEvent[]>()
  const sent = new Map<string, SentEvent>()
  for (const event of events.all()) {
    for (const { batch, position } of event.traces.flatMap(({ attempts }) => attempts)) {
      const nonces = new Set(batch.parts[position].nonces)
      for (const request of batch.requests) {
        const all = parsed.get(request.exchange) ?? eventsIn(request, visitorCode)
        parsed.set(request.exchange, all)
        for (const one of all.filter(({ nonce }) => nonces.has(nonce))) note(sent, { ...one, source: sourceOf(event) })
      }
    }
  }
  return [...sent.values()]
}

/** A repeated event has the same nonce; the request that Kameleoon took counts, and the first of those. */
function note(sent: Map<string, SentEvent>, event: SentEvent): void {
  const known = sent.get(event.nonce)
  if (!known || (known.problem !== null && event.problem === null)) sent.set(event.nonce, event)
}

function eventsIn({ exchange, result }: TracedRequest, visitorCode: string): SentEvent[] {
  const { method, url, body, at } = exchange
  const events = visitEventsIn({ method, url, body, at, problem: problemOf(exchange) }, visitorCode)
  return events.map((event) => {
    const part = result?.parts?.find(({ key, kind }) => key === event.nonce && kind === 'discarded')
    return part ? { ...event, problem: `Accepted, then discarded: ${part.reason ?? 'no reason known'}` } : event
  })
}

function problemOf({ response, error }: RecordedExchange): string | null {
  if (response === null) return `Kameleoon gave no answer${error === null ? ' yet' : `: ${error}`}.`
  return response.status >= 200 && response.status <= 299 ? null : `Kameleoon answered ${response.status}.`
}
