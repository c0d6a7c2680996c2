import type { Amount } from '../../contract'
import { money } from '../parts/words'

/** Sums of money, each currency on a line of its own. */
export function Amounts({ amounts }: { amounts: Amount[] }) {
  return amounts.map(({ currency, amount }) => <div key={currency}>{money(amount, currency)}</div>)
}
