import { compareWithFramework, type Comparison } from './comparison'

// `npm run test:mapping` compares a hundred thousand pairs.
const PAIRS = 2_000

describe('a compiled mapping', () => {
  let compared: Comparison
  beforeAll(async () => (compared = await compareWithFramework(PAIRS, 1)), 60_000)

  it('gives the same payload or the same error as the framework, and never changes an event', () => {
    expect(compared.differences).toEqual([])
  })

  it('was compared in pairs of every kind', () => {
    const { pairs, delivered, invalid, failed, throughFramework } = compared
    expect(delivered + invalid + failed).toBe(pairs)
    for (const count of [delivered, invalid, failed]) expect(count).toBeGreaterThan(PAIRS / 10)
    expect(throughFramework).toBeLessThan(pairs)
  })
})
