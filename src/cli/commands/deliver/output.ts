import type { Summary } from '../../../segment-host'
import { counted } from '../../text'
import { countsText, oldEventsText, reasonsText } from '../../summary-text'
import type { Colours } from '../../context'

export interface Report {
  summary: Summary
  /** Where rejected events were written; null when there were none. */
  rejectedFile: string | null
  /** How many things the emulator accepted and then discarded. */
  lost: number
  /** Requests of this run. */
  requests: number
  /** For a dry run, whose events would be delivered. */
  isDryRun: boolean
}

/** The report of a delivery: the counts, why events were filtered or rejected, and the file of rejected events. */
export function reportText(report: Report, colours: Colours, width: number): string {
  const { summary, rejectedFile, lost, isDryRun } = report
  const parts = [
    countsText(summary, colours, width, isDryRun ? 'Would be delivered' : 'Delivered'),
    isDryRun ? '' : speedText(report),
    reasonsText(summary, 'filtered', colours, width),
    reasonsText(summary, 'rejected', colours, width),
    reasonsText(summary, 'undelivered', colours, width),
    reasonsText(summary, 'notes', colours, width),
    oldEventsText(summary, colours, width),
    rejectedFile === null ? '' : `Rejected events are in ${colours.bold(rejectedFile)}`,
    lost === 0 ? '' : colours.yellow(`Kameleoon would accept and then discard ${counted(lost, 'thing')}.`)
  ]
  return parts.filter((part) => part !== '').join('\n\n') + '\n'
}

function speedText({ summary, requests }: Report): string {
  const { linesPerSecond, seconds, retries } = summary
  const rate = Math.round(linesPerSecond).toLocaleString('en')
  const again = retries === 0 ? 'none' : counted(retries, 'event')
  return `${seconds.toFixed(1)} s, ${rate} events a second, ${counted(requests, 'request')}, ${again} sent again`
}
