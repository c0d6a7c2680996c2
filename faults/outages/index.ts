import { automationDown } from './automation-down'
import { brokenAnswers } from './broken-answers'
import { everything400 } from './everything-400'
import { fleet } from './fleet'
import { mapAnswers } from './map-answers'
import type { MeasuredOutage, Outage, Size } from './outage'
import { processesOnOneKey } from './processes'
import { redirects } from './redirects'
import { shortLists } from './short-lists'
import { tokenDown } from './token-down'

export const OUTAGES: Outage[] = [
  redirects,
  brokenAnswers,
  mapAnswers,
  everything400,
  automationDown,
  tokenDown,
  shortLists,
  processesOnOneKey,
  fleet
]

/** Measures all outages, one after the other. */
export async function measureOutages(size: Size): Promise<MeasuredOutage[]> {
  const measured: MeasuredOutage[] = []
  for (const { condition, measure } of OUTAGES) measured.push({ name: condition, ...(await measure(size)) })
  return measured
}
