/** The middle of the values; of an even number of values, the mean of the two in the middle. */
export function median(values: number[]): number {
  if (values.length === 0) throw new Error('Nothing has no median.')
  const sorted = [...values].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2
}
