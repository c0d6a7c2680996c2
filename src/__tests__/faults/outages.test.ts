import { OUTAGES } from '../../../faults/outages'
import { automationDown } from '../../../faults/outages/automation-down'
import { fleet } from '../../../faults/outages/fleet'
import type { Outage } from '../../../faults/outages/outage'
import { shortLists } from '../../../faults/outages/short-lists'

/** These do not hold yet: the goals of a project are not asked for by name, and not used on when a list cannot be read. */
const AWAITED: Outage[] = [automationDown, shortLists, fleet]

const HOLDING = OUTAGES.filter((outage) => !AWAITED.includes(outage))
const LONGEST = 120_000

async function expectToHold({ measure }: Outage): Promise<void> {
  const { violations } = await measure('short')
  expect(violations.slice(0, 10)).toEqual([])
}

/** What `npm run test:faults` measures at length. */
it.each(HOLDING)('$condition', expectToHold, LONGEST)

it.failing.each(AWAITED)('$condition', expectToHold, LONGEST)
