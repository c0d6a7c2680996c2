import { StepCounts } from '../step-counts'

const NOON = Date.parse('2026-01-31T12:00:00.000Z')
const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const received = (steps: { received: number }[]): number => steps.reduce((sum, step) => sum + step.received, 0)

describe('counts of events over time', () => {
  it('has steps without gaps up to the present one, for each window', () => {
    const counts = new StepCounts()
    const now = NOON + 10 * SECOND
    for (const [window, length, number] of [
      ['15m', 30 * SECOND, 30],
      ['1h', 2 * MINUTE, 30],
      ['24h', 30 * MINUTE, 48]
    ] as const) {
      const steps = counts.window(window, now)
      expect(steps).toHaveLength(number)
      steps.forEach(({ from, to }, index) => {
        expect(Date.parse(to) - Date.parse(from)).toBe(length)
        expect(index === 0 ? from : steps[index - 1].to).toBe(from)
      })
      expect(Date.parse(steps[number - 1].from)).toBeLessThanOrEqual(now)
      expect(Date.parse(steps[number - 1].to)).toBeGreaterThan(now)
    }
  })

  it('counts an event in the step in which it arrived, by its present status', () => {
    const counts = new StepCounts()
    counts.count(NOON, 'waiting', 1)
    counts.count(NOON + 29 * SECOND, 'filtered', 1)
    counts.count(NOON + 30 * SECOND, 'rejected', 1)
    counts.count(NOON, 'waiting', -1)
    counts.count(NOON, 'delivered', 1)
    const steps = counts.window('15m', NOON + 5 * MINUTE)
    expect(steps.filter((step) => step.received > 0)).toEqual([
      {
        ...{ from: '2026-01-31T12:00:00.000Z', to: '2026-01-31T12:00:30.000Z' },
        ...{ received: 2, delivered: 1, filtered: 1, rejected: 0, unsettled: 0 }
      },
      {
        ...{ from: '2026-01-31T12:00:30.000Z', to: '2026-01-31T12:01:00.000Z' },
        ...{ received: 1, delivered: 0, filtered: 0, rejected: 1, unsettled: 0 }
      }
    ])
  })

  it('shows waiting and retrying events as unsettled', () => {
    const counts = new StepCounts()
    counts.count(NOON, 'waiting', 1)
    counts.count(NOON, 'retrying', 1)
    expect(counts.window('15m', NOON).at(-1)).toMatchObject({ received: 2, unsettled: 2, delivered: 0 })
  })

  it('has every event of the time that a window shows, and none from before', () => {
    const counts = new StepCounts()
    for (const age of [1, 14, 50, 90, 23 * 60, 25 * 60]) counts.count(NOON - age * MINUTE, 'delivered', 1)
    expect(received(counts.window('15m', NOON))).toBe(2)
    expect(received(counts.window('1h', NOON))).toBe(3)
    expect(received(counts.window('24h', NOON))).toBe(5)
  })

  it('forgets what is older than a day, also when such an event changes later', () => {
    const counts = new StepCounts()
    counts.count(NOON, 'waiting', 1)
    counts.count(NOON + 24 * HOUR, 'delivered', 1)
    counts.count(NOON, 'waiting', -1)
    counts.count(NOON, 'delivered', 1)
    expect(counts.window('15m', NOON + 24 * HOUR).at(-1)).toMatchObject({ received: 1, delivered: 1, unsettled: 0 })
    expect(received(counts.window('24h', NOON + 24 * HOUR))).toBe(1)
  })
})
