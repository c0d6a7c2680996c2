import type { ThrownAway } from '../emulator'
import type { Settled, Summary } from '../workbench/segment-host'

/** The status of an event that cannot be delivered as it is: the only refusals the examples are meant to show. */
const REFUSED_FOR_ITS_CONTENT = 400

/** What happened to the examples and should not have, in words; empty when all went as intended. */
export function surprisesIn(summary: Summary, refused: Settled[], thrownAway: ThrownAway[]): string[] {
  const surprises: string[] = []
  if (summary.interrupted) surprises.push(`The examples could not be read to their end: ${summary.interrupted.reason}`)
  if (summary.unreadable.count > 0) surprises.push('The examples have lines that are no events.')
  if (summary.delivered === 0) surprises.push('Nothing was delivered.')
  for (const { line, outcome } of refused) {
    if (outcome.kind !== 'refused' || outcome.status === REFUSED_FOR_ITS_CONTENT) continue
    surprises.push(`Line ${line} was refused with status ${outcome.status}: ${outcome.reason}`)
  }
  if (thrownAway.length > 0) surprises.push('Kameleoon threw away something it had accepted.')
  return surprises
}
