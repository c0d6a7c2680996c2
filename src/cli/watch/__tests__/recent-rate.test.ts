import { RecentRate } from '../recent-rate'

const at = (events: number, totalBytes?: number) => ({ events, bytes: events * 10, totalBytes })

/** A second apart, so many events each. */
function rateAfter(...counts: number[]): RecentRate {
  const rate = new RecentRate()
  let events = 0
  rate.add(at(0), 0)
  counts.forEach((count, index) => rate.add(at((events += count)), (index + 1) * 1000))
  return rate
}

it('the rate is unknown before there are two positions some time apart', () => {
  const rate = new RecentRate()
  expect(rate.eventsPerSecond(0)).toBeUndefined()
  rate.add(at(0), 0)
  rate.add(at(500), 100)
  expect(rate.eventsPerSecond(100)).toBeUndefined()
  expect(rate.secondsLeft(at(500, 10_000), 100)).toBeUndefined()
  expect(rate.eventsPerSecond(1000)).toBe(500)
})

it('the rate is that of the last ten seconds', () => {
  const slowThenFast = [...Array<number>(20).fill(10), ...Array<number>(10).fill(1000)]
  expect(rateAfter(...slowThenFast).eventsPerSecond(30_000)).toBe(1000)
})

it('the rate falls while nothing moves, and is 0 after ten seconds', () => {
  const rate = rateAfter(1000, 1000, 1000, 1000, 1000)
  expect(rate.eventsPerSecond(5000)).toBe(1000)
  expect(rate.eventsPerSecond(10_000)).toBe(500)
  expect(rate.eventsPerSecond(30_000)).toBe(0)
})

it('the rate does not count what an earlier run had done', () => {
  const rate = new RecentRate()
  rate.add(at(1_000_000), 0)
  rate.add(at(1_002_000), 2000)
  expect(rate.eventsPerSecond(2000)).toBe(1000)
})

it('the time left follows from the bytes that are left', () => {
  const rate = rateAfter(100, 100)
  expect(rate.secondsLeft(at(200, 12_000), 2000)).toBe(10)
  expect(rate.secondsLeft(at(200, 1000), 2000)).toBe(0)
  expect(rate.secondsLeft(at(200), 2000)).toBeUndefined()
  expect(rate.secondsLeft(at(200, 12_000), 60_000)).toBeUndefined()
})
