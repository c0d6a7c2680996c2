import type { GoalTotal } from '../../contract'
import type { Conversion } from './event-tally'

/** Most goals and, for each of them, most currencies that are counted; further ones are left out. */
const MOST_GOALS = 1_000
const MOST_CURRENCIES = 20

interface Total {
  goalName: string | null
  conversions: number
  refunds: number
  /** Hundredths, which add up without an error of rounding; the key is the currency, empty for none. */
  amounts: Map<string, { count: number; hundredths: number }>
}

/** Conversions and their amounts by goal. */
export class GoalTotals {
  private readonly totals = new Map<number, Total>()

  /** Counts a conversion, or takes it back. */
  count({ goalId, goalName, amount, currency, isNegative }: Conversion, by: 1 | -1): void {
    const total = this.totals.get(goalId) ?? { goalName, conversions: 0, refunds: 0, amounts: new Map() }
    if (!this.totals.has(goalId) && this.totals.size >= MOST_GOALS) return
    this.totals.set(goalId, total)
    total.goalName = goalName ?? total.goalName
    total[isNegative ? 'refunds' : 'conversions'] += by
    // The destination sends 0 where an event has no amount.
    if (amount !== null && (amount !== 0 || currency !== null)) countAmount(total, { amount, currency }, by)
  }

  /** All goals, those with most conversions first. */
  list(): GoalTotal[] {
    return [...this.totals]
      .map(([goalId, { goalName, conversions, refunds, amounts }]) => ({
        ...{ goalId, goalName, conversions, refunds },
        amounts: [...amounts]
          .filter(([, { count }]) => count > 0)
          .map(([currency, { hundredths }]) => ({ currency: currency || null, amount: hundredths / 100 }))
      }))
      .filter(({ conversions, refunds }) => conversions + refunds > 0)
      .sort((one, other) => other.conversions - one.conversions)
  }
}

function countAmount(
  { amounts }: Total,
  { amount, currency }: Pick<Conversion, 'currency'> & { amount: number },
  by: 1 | -1
) {
  const key = currency ?? ''
  const { count, hundredths } = amounts.get(key) ?? { count: 0, hundredths: 0 }
  if (!amounts.has(key) && amounts.size >= MOST_CURRENCIES) return
  amounts.set(key, { count: count + by, hundredths: hundredths + by * Math.round(amount * 100) })
}
