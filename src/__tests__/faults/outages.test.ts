import { OUTAGES } from '../../../faults/outages'

/** What `npm run test:faults` measures at length. */
it.each(OUTAGES)(
  '$condition',
  async ({ measure }) => {
    expect((await measure('short')).violations).toEqual([])
  },
  120_000
)
