import { memberOf, parsedJson } from '../../../segment-host'
import type { EventSource } from '../../contract'
import type { EventLog } from '../event-log/event-log'
import type { LiveEvent } from '../event-log/live-event'

/** The Segment events that visit events were made of, by nonce. */
export interface EventSources {
  sourceOf(nonce: string): EventSource
  /** The currency that the event names; null when it names none. */
  currencyOf(nonce: string): string | null
}

/** The event as the page names it and links to it. */
export function sourceOf({ id, arrival: { name, type } }: LiveEvent): NonNullable<EventSource> {
  return { id, name: name || `${type} call` }
}

/** Reads from the log which events sent which visit events. */
export function eventSources(log: Pick<EventLog, 'all'>): EventSources {
  const events = new Map<string, LiveEvent>()
  for (const event of log.all()) {
    for (const { batch, position } of event.traces.flatMap(({ attempts }) => attempts)) {
      // A replay has the same nonces. Kameleoon keeps the first one.
      for (const nonce of batch.parts[position].nonces) if (!events.has(nonce)) events.set(nonce, event)
    }
  }
  const known = (nonce: string): LiveEvent | null => events.get(nonce) ?? null
  return {
    sourceOf: (nonce) => mapped(known(nonce), sourceOf),
    currencyOf: (nonce) => mapped(known(nonce), currencyOf)
  }
}

function mapped<Result>(event: LiveEvent | null, map: (event: LiveEvent) => Result): Result | null {
  return event && map(event)
}

const CURRENCY = /^[a-z]{3}$/i
const currencies = new WeakMap<LiveEvent, { currency: string | null }>()

/** Parsing takes time, and an event does not change. */
function currencyOf(event: LiveEvent): string | null {
  const known = currencies.get(event) ?? { currency: currencyIn(event.arrival.text) }
  currencies.set(event, known)
  return known.currency
}

/** https://segment.com/docs/connections/spec/ecommerce/v2/ names the currency by its ISO 4217 code. */
function currencyIn(text: string): string | null {
  if (!text.includes('"currency"')) return null
  const currency = memberOf(memberOf(parsedJson(text), 'properties'), 'currency')
  return typeof currency === 'string' && CURRENCY.test(currency.trim()) ? currency.trim().toUpperCase() : null
}
