import type { Summary } from '../../workbench/segment-host'
import { counted } from './plain-text'
import { countsText, reasonsText } from './summary-text'
import type { Colours } from './terminal'

export interface Report {
  summary: Summary
  /** Where refused events were written; null when there were none. */
  refusedFile: string | null
  /** What an emulator accepted and then threw away. */
  lost: number
}

/** The end of a delivery: the table, why events were filtered or refused, and where the refused ones are. */
export function reportText({ summary, refusedFile, lost }: Report, colours: Colours, width: number): string {
  const parts = [
    countsText(summary, colours),
    reasonsText(summary, 'filtered', colours, width),
    reasonsText(summary, 'refused', colours, width),
    refusedFile === null ? '' : `Refused events are in ${colours.bold(refusedFile)}`,
    lost === 0 ? '' : colours.yellow(`Kameleoon would accept and then throw away ${counted(lost, 'thing')}.`)
  ]
  return parts.filter((part) => part !== '').join('\n\n') + '\n'
}
