import { Presets, SingleBar } from 'cli-progress'
import type { Output } from './terminal'

export interface Progress {
  /** Moves the bar to so many bytes of the file, and shows how many events that were. */
  update: (bytes: number, events: number) => void
  /** Shows why nothing moves at the moment. */
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
