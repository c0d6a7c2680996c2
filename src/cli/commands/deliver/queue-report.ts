import type { Summary } from '../../../segment-host'
import type { Colours } from '../../context'
import { countsText, oldEventsText, reasonsText } from '../../summary-text'
import { counted } from '../../text'

export interface QueueReport {
  summary: Summary
  /** Whether workers have finished the run. */
  isDone: boolean
  run: string
  /** Events on the queue, counted once for each subscription. */
  queued: number
  /** Where lines without an event were written; null when there were none. */
  rejectedFile: string | null
  place: string
}

/** The report of a delivery over a queue: that of a delivery, and what is left to workers. */
export function queueReport(report: QueueReport, colours: Colours, width: number): string {
  const { summary, isDone, run, rejectedFile } = report
  const parts = [
    countsText(summary, colours, width),
    `${summary.seconds.toFixed(1)} s, ${Math.round(summary.linesPerSecond).toLocaleString('en')} events a second, run ${run}`,
    isDone ? '' : leftText(report, colours),
    reasonsText(summary, 'filtered', colours, width),
    reasonsText(summary, 'rejected', colours, width),
    reasonsText(summary, 'notes', colours, width),
    oldEventsText(summary, colours, width),
    deadText(report),
    rejectedFile === null ? '' : `Lines without an event are in ${colours.bold(rejectedFile)}`
  ]
  return parts.filter((part) => part !== '').join('\n\n') + '\n'
}

function leftText({ summary, queued }: QueueReport, colours: Colours): string {
  const left = `${counted(summary.unsettled, 'event')} of ${queued.toLocaleString('en')}`
  return `${colours.yellow(`Left on the queue: ${left}.`)} Workers deliver them: kameleoon-destination work --queue …`
}

function deadText({ summary, run }: QueueReport): string {
  const dead = summary.subscriptions.reduce((sum, { rejected }) => sum + rejected.count, 0)
  return dead === 0 ? '' : `Rejected events are among the dead letters: kameleoon-destination queue dead --run ${run}`
}
