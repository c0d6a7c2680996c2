import { OUTAGES } from '../../../faults/outages'
import { automationDown } from '../../../faults/outages/automation-down'
import type { Outage } from '../../../faults/outages/outage'

/** It holds but for 403: an event with a new name is then rejected for good, since the API key may not read goals. */
const AWAITED: Outage[] = [automationDown]

const HOLDING = OUTAGES.filter((outage) => !AWAITED.includes(outage))
const LONGEST = 120_000

async function expectToHold({ measure }: Outage): Promise<void> {
  const { violations } = await measure('short')
  expect(violations.slice(0, 10)).toEqual([])
}

/** What `npm run test:faults` measures at length. */
it.each(HOLDING)('$condition', expectToHold, LONGEST)

it.failing.each(AWAITED)('$condition', expectToHold, LONGEST)
