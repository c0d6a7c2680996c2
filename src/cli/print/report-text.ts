import type { Summary } from '../../segment-host'
import { counted } from './plain-text'
import { countsText, reasonsText } from './summary-text'
import type { Colours } from './terminal'

export interface Report {
  summary: Summary
  /** Where rejected events were written; null when there were none. */
  rejectedFile: string | null
  /** What an emulator accepted and then discarded. */
  lost: number
}

/** The end of a delivery: the table, why events were filtered or rejected, and where the rejected ones are. */
export function reportText({ summary, rejectedFile, lost }: Report, colours: Colours, width: number): string {
  const parts = [
    countsText(summary, colours),
    reasonsText(summary, 'filtered', colours, width),
    reasonsText(summary, 'rejected', colours, width),
    rejectedFile === null ? '' : `Rejected events are in ${colours.bold(rejectedFile)}`,
    lost === 0 ? '' : colours.yellow(`Kameleoon would accept and then discard ${counted(lost, 'thing')}.`)
  ]
  return parts.filter((part) => part !== '').join('\n\n') + '\n'
}
