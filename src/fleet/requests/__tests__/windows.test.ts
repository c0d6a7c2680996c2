import fc from 'fast-check'
import { DEFAULT_LIMITS, limitsOfMinute, windowsByKind } from '../limits'
import { bestWindows, windowsOf, type RequestLimit, type Windows } from '../windows'

/** How the requests of a window are spread over it. */
const SPREADS = ['at its beginning', 'at its end', 'over all of it'] as const

/** Numbers from 0 to 1 that are the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271 + 11) % 2_147_483_647) / 2_147_483_647
}

/** Times at which requests arrive, sorted, if there are always more of them than may be sent. */
function arrivals({ points, duration }: Windows, seconds: number, late: number, random: () => number): number[] {
  const times: number[] = []
  for (let start = 0; start < seconds; start += duration + (random() < 0.1 ? random() * duration : 0)) {
    const spread = SPREADS[Math.floor(random() * SPREADS.length)]
    for (let index = 0; index < points; index++) {
      // A window begins with its first request.
      const share = index === 0 || spread === 'at its beginning' ? 0 : spread === 'at its end' ? 0.999_999 : random()
      times.push(start + share * duration + (random() < 0.5 ? 0 : late))
    }
  }
  return times.sort((one, other) => one - other)
}

/** The most arrivals in any time of so many seconds. */
function mostIn(times: number[], seconds: number): number {
  let first = 0
  let most = 0
  times.forEach((time, index) => {
    while (time - times[first] >= seconds) first++
    most = Math.max(most, index - first + 1)
  })
  return most
}

/** Requests are late by this at most: a fiftieth of the shorter time, less what floating point adds. */
function latest(limits: readonly RequestLimit[]): number {
  return Math.min(...limits.map(({ seconds }) => seconds)) * 0.0199
}

it('no minute and no ten seconds have more requests than allowed, whatever the limit, also if some are late', () => {
  const perMinute = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 100, max: 6_000 }))
  const property = fc.property(perMinute, fc.integer({ min: 1, max: 1_000_000 }), (limit, seed) => {
    const limits = limitsOfMinute(limit)
    const times = arrivals(bestWindows(limits), 150, latest(limits), randomFrom(seed))
    for (const { requests, seconds } of limits) expect(mostIn(times, seconds)).toBeLessThanOrEqual(requests)
  })
  fc.assert(property, { numRuns: 80, seed: 7 })
})

it('windows of any number of requests keep the limits', () => {
  const property = fc.property(
    fc.integer({ min: 2, max: 40 }),
    fc.integer({ min: 1, max: 1_000_000 }),
    (points, seed) => {
      const limits = limitsOfMinute(1_000)
      const times = arrivals(windowsOf(limits, points), 150, latest(limits), randomFrom(seed))
      for (const { requests, seconds } of limits) expect(mostIn(times, seconds)).toBeLessThanOrEqual(requests)
    }
  )
  fc.assert(property, { numRuns: 30, seed: 7 })
})

it('the check above finds windows that are too short', () => {
  const tooShort = { points: 10, duration: 0.5 }
  expect(mostIn(arrivals(tooShort, 150, 0, randomFrom(1)), 60)).toBeGreaterThan(1_000)
})

it.each([1, 7, 20, 60, 100, 600, 2_000, 20_000])('most of %d requests a minute can be sent', (limit) => {
  const { points, duration } = bestWindows(limitsOfMinute(limit))
  expect((points / duration) * 60).toBeGreaterThan(limit * 0.93)
})

it('a sixth of a small limit is rounded up, and of a large one down', () => {
  expect(limitsOfMinute(9)[1]).toEqual({ requests: 2, seconds: 10 })
  expect(limitsOfMinute(2_000)[1]).toEqual({ requests: 333, seconds: 10 })
})

it('the Automation API gets 1,000 requests an hour at most, and 50 in ten seconds', () => {
  const [hour, short] = windowsByKind(DEFAULT_LIMITS).automation
  expect(mostIn(arrivals(hour, 10_000, 70, randomFrom(3)), 3_600)).toBeLessThanOrEqual(1_000)
  expect(mostIn(arrivals(short, 100, 0.19, randomFrom(3)), 10)).toBeLessThanOrEqual(50)
})
