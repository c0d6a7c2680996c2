const format = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 0, maximumFractionDigits: 2 })

/** An amount without a currency: Kameleoon is not told one. */
export function money(amount: number): string {
  return format.format(amount)
}
