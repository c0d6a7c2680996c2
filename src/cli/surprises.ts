import type { Discarded } from '../emulator'
import type { Settled, Summary } from '../segment-host'

/** The status of an event that cannot be delivered as it is: the only rejections the examples are meant to show. */
const REJECTED_FOR_ITS_CONTENT = 400

/** What happened to the examples and should not have, in words; empty when all went as intended. */
export function surprisesIn(summary: Summary, rejected: Settled[], discarded: Discarded[]): string[] {
  const surprises: string[] = []
  if (summary.interrupted) surprises.push(`The examples could not be read to their end: ${summary.interrupted.reason}`)
  if (summary.unreadable.count > 0) surprises.push('The examples have lines that are no events.')
  if (summary.delivered === 0) surprises.push('Nothing was delivered.')
  for (const { line, outcome } of rejected) {
    if (outcome.kind !== 'rejected' || outcome.status === REJECTED_FOR_ITS_CONTENT) continue
    surprises.push(`Line ${line} was rejected with status ${outcome.status}: ${outcome.reason}`)
  }
  if (discarded.length > 0) surprises.push('Kameleoon discarded something it had accepted.')
  return surprises
}
