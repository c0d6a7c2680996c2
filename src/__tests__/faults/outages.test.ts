import { OUTAGES } from '../../../faults/outages'

const LONGEST = 120_000

/** What `npm run test:faults` measures at length. */
it.each(OUTAGES)(
  '$condition',
  async ({ measure }) => {
    const { violations } = await measure('short')
    expect(violations.slice(0, 10)).toEqual([])
  },
  LONGEST
)
