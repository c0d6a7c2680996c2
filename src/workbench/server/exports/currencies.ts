import type { EventLog } from '../event-log/event-log'

/** The currency that an event names, by the nonce of each visit event that was made of it. */
export type Currencies = ReadonlyMap<string, string>

/** The currencies of all events that are kept. */
export function currenciesOf(events: Pick<EventLog, 'all'>): Currencies {
  const currencies = new Map<string, string>()
  for (const { arrival, parts } of events.all()) {
    const { currency } = arrival
    if (currency !== null) parts.forEach(({ key }) => currencies.set(key, currency))
  }
  return currencies
}
