import { Presets, SingleBar } from 'cli-progress'
import type { Summary } from '../../segment-host'
import { counted } from '../text'
import { countsText, oldEventsText, reasonsText } from '../summary-text'
import type { Colours, Output } from '../context'

export interface Report {
  summary: Summary
  /** Where rejected events were written; null when there were none. */
  rejectedFile: string | null
  /** How many things the emulator accepted and then discarded. */
  lost: number
}

/** The report of a delivery: the counts, why events were filtered or rejected, and the file of rejected events. */
export function reportText({ summary, rejectedFile, lost }: Report, colours: Colours, width: number): string {
  const parts = [
    countsText(summary, colours),
    reasonsText(summary, 'filtered', colours, width),
    reasonsText(summary, 'rejected', colours, width),
    reasonsText(summary, 'notes', colours, width),
    oldEventsText(summary, colours, width),
    rejectedFile === null ? '' : `Rejected events are in ${colours.bold(rejectedFile)}`,
    lost === 0 ? '' : colours.yellow(`Kameleoon would accept and then discard ${counted(lost, 'thing')}.`)
  ]
  return parts.filter((part) => part !== '').join('\n\n') + '\n'
}

export interface Progress {
  /** Moves the bar to this many bytes of the file, and shows the number of events. */
  update: (bytes: number, events: number) => void
  /** Shows why the delivery is waiting. */
  note: (text: string) => void
  stop: () => void
}

const NONE: Progress = { update: () => undefined, note: () => undefined, stop: () => undefined }

/** A progress bar on a terminal, nothing elsewhere. Without a total it counts events only. */
export function progressOn(output: Output, totalBytes: number | undefined): Progress {
  if (!isTerminal(output)) return NONE
  const format = totalBytes
    ? '{bar} {percentage}%  {events} events  {duration_formatted}  {note}'
    : '{events} events  {note}'
  const bar = new SingleBar(
    { format, stream: output, hideCursor: true, clearOnComplete: true, barsize: 30, fps: 8, linewrap: true },
    Presets.shades_classic
  )
  bar.start(totalBytes ?? 0, 0, { events: '0', note: '' })
  return {
    update: (bytes, events) => bar.update(bytes, { events: events.toLocaleString('en'), note: '' }),
    note: (note) => bar.update({ note }),
    stop: () => bar.stop()
  }
}

function isTerminal(output: Output): output is Output & NodeJS.WriteStream {
  return Boolean(output.isTTY)
}
