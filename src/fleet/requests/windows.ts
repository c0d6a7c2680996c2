/** No time of so many seconds, at whatever moment it begins, has more requests. */
export interface RequestLimit {
  requests: number
  seconds: number
}

/** What a fixed window of `rate-limiter-flexible` is made of: so many requests, in so many seconds from the first on. */
export interface Windows {
  points: number
  /** Seconds, in whole milliseconds. */
  duration: number
}

/** Limits are kept with this much to spare, since some requests are on their way longer than others. */
const SPARE = 0.02

/** About how long it takes until the next window begins after one has ended: a timer, and an answer of the database. */
const START_SECONDS = 0.003

/** More requests at one moment bring nothing: the windows are long enough by then. */
const MOST_POINTS = 100

/**
 * The windows that let most requests through, and no more than any of the limits.
 *
 * A window begins with a request, and the next one at the earliest when it has ended. Windows of d seconds with p requests:
 * - p = 1: requests have a distance of d, so W seconds have at most ceil(W / d).
 * - p > 1: a time of W seconds touches at most ceil(W / d) windows that begin within it, and one that began before it:
 *   p * (ceil(W / d) + 1) requests.
 *
 * A limit of L requests allows n = floor(L / p) windows, one less for p > 1. So d has to be W / n at least. 2 % are added:
 * then requests may be late by 2 % of W (0.2 s of ten seconds, 1.2 s of a minute) and still keep the limit.
 *
 * @example 2,000 a minute and a sixth of that in ten seconds: 9 requests in 284 milliseconds, about 1,880 a minute
 */
export function bestWindows(limits: readonly RequestLimit[]): Windows {
  const most = Math.min(MOST_POINTS, ...limits.map(({ requests }) => requests))
  const possible = Array.from({ length: most }, (_, index) => windowsOf(limits, index + 1))
  return possible.reduce((best, other) => (speedOf(other) > speedOf(best) ? other : best))
}

/** The shortest windows with so many requests each that keep the limits, see `bestWindows`. */
export function windowsOf(limits: readonly RequestLimit[], points: number): Windows {
  const durations = limits.map(({ requests, seconds }) => {
    const windows = Math.floor(requests / points) - (points > 1 ? 1 : 0)
    return windows < 1 ? Infinity : (seconds * (1 + SPARE)) / windows
  })
  return { points, duration: Math.ceil(Math.max(...durations) * 1000) / 1000 }
}

function speedOf({ points, duration }: Windows): number {
  return points / (duration + START_SECONDS)
}
