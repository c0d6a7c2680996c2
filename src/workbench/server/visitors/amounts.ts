import type { VisitEvent } from '../../../emulator'
import type { Amount } from '../../contract'
import type { EventSources } from './event-sources'

/** What a conversion adds to the revenue: below zero when it takes back, null when it carries no amount. */
export function amountOf({ revenue, negative }: VisitEvent): number | null {
  if (revenue === undefined) return null
  return negative === true ? -Number(revenue) : Number(revenue)
}

export function isConversion({ eventType }: VisitEvent): boolean {
  return eventType === 'CONVERSION'
}

/** The amounts of conversions, added up apart by currency, in the order of the currencies' names; without a currency last,
 * unless these amounts are nothing: conversions without a price are sent with 0. */
export function amountsOf(events: readonly VisitEvent[], { currencyOf }: Pick<EventSources, 'currencyOf'>): Amount[] {
  const sums = new Map<string | null, number>()
  for (const event of events.filter(isConversion)) {
    const amount = amountOf(event)
    if (amount === null) continue
    const currency = currencyOf(event.nonce)
    sums.set(currency, (sums.get(currency) ?? 0) + amount)
  }
  return [...sums]
    .map(([currency, amount]) => ({ currency, amount: rounded(amount) }))
    .filter(({ currency, amount }) => currency !== null || amount !== 0)
    .sort(byCurrency)
}

function byCurrency({ currency: one }: Amount, { currency: other }: Amount): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  return one < other ? -1 : 1
}

/** To hundredths, since sums of decimal fractions are not exact. */
function rounded(amount: number): number {
  return Math.round(amount * 100) / 100
}
