import type { VisitorDetail } from '../../contract'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Steps that are easy to read on an axis, in milliseconds. */
const STEPS = [SECOND, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY, 30 * DAY]
const MOST_STEPS = 30

/**
 * How many conversions happened in each of at most thirty equal steps from the first to the last, empty steps included.
 * @param times of the conversions, in milliseconds
 */
export function conversionsOverTime(times: number[]): VisitorDetail['conversionsOverTime'] {
  if (times.length === 0) return []
  const first = Math.min(...times)
  const last = Math.max(...times)
  const step = STEPS.find((one) => stepOf(last, one) - stepOf(first, one) < MOST_STEPS) ?? STEPS[STEPS.length - 1]
  const counts: number[] = Array<number>(stepOf(last, step) - stepOf(first, step) + 1).fill(0)
  for (const time of times) counts[stepOf(time, step) - stepOf(first, step)]++
  return counts.map((conversions, index) => ({
    at: new Date((stepOf(first, step) + index) * step).toISOString(),
    conversions
  }))
}

function stepOf(time: number, step: number): number {
  return Math.floor(time / step)
}
