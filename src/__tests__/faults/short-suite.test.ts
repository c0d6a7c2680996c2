import { conditions, faultsInjected } from '../../../faults/conditions'
import { runSuite } from '../../../faults/suite'

/** The suite of `npm run test:faults` in short: the same conditions hold for it. */
it.each([
  { seed: 1, senders: 1, mapWrites: 'replace' as const },
  { seed: 2, senders: 4, mapWrites: 'merge' as const }
])(
  'delivers every valid event once and rejects every other through faults of all kinds: %j',
  async (options) => {
    const result = await runSuite({ events: 3_000, batchSize: 60, ...options })
    expect(conditions(result).filter(({ violations }) => violations.length > 0)).toEqual([])
    expect(faultsInjected(result)).toBeGreaterThan(60)
    expect(result.faulty.deliveries).toHaveLength(3_000)
    expect(result.faulty.duplicates).toBeGreaterThan(0)
    expect(result.calm.duplicates).toBe(0)
  },
  60_000
)
