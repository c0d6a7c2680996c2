/** The middle of the values; of an even number of values, the mean of the two in the middle. */
export function median(values: number[]): number {
  return quantile(values, 0.5)
}

/**
 * The value below which such a share of the values lies, between two of them by the line from one to the other.
 * @param share from 0 (the lowest) to 1 (the highest)
 */
export function quantile(values: number[], share: number): number {
  if (values.length === 0) throw new Error('There is no quantile of no values.')
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)]
  return below + (sorted[Math.ceil(place)] - below) * (place % 1)
}
