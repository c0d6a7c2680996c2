import { Presets, SingleBar } from 'cli-progress'
import type { Output } from '../context'
import { fitted } from '../text'
import { systemClock, type Clock } from './clock'
import { Progress } from './progress'
import type { Watch } from './watch'

/** Columns of the bar itself; with less than the least there is none. */
const WIDEST_BAR = 30
const LEAST_BAR = 6
const DEFAULT_COLUMNS = 80

/** A progress bar on a terminal, redrawn eight times a second; while events wait, the reason is shown with a countdown. */
export function progressBar(output: Output & NodeJS.WriteStream, { now }: Pick<Clock, 'now'> = systemClock): Watch {
  const progress = new Progress(now)
  const bar = new SingleBar({
    ...{ format: () => progressText(progress, output.columns || DEFAULT_COLUMNS), stream: output, fps: 8 },
    // Signals belong to the command. A hidden cursor would stay hidden when the process is killed.
    ...{ gracefulExit: false, hideCursor: false, clearOnComplete: true, linewrap: true }
  })
  bar.start(1, 0)
  return {
    position: (position) => progress.position(position),
    settled: (settled) => progress.settled(settled),
    batch: () => undefined,
    request: () => undefined,
    waiting: (waiting) => progress.waiting(waiting),
    note: (text) => {
      // The bar returns to the place where it started, which moves when the note makes the terminal scroll.
      bar.stop()
      output.write(`${text}\n`)
      bar.start(1, 0)
    },
    close: () => Promise.resolve(bar.stop())
  }
}

/** One line for a terminal of so many columns. */
export function progressText(progress: Progress, columns: number): string {
  // A terminal goes on to the next line when the last column is filled.
  const width = columns - 1
  const wait = progress.wait()
  if (wait !== '') return fitted(joined([progress.percent(), wait]), width)
  const rate = progress.eventsPerSecond()
  const facts = [progress.percent(), progress.events(), rate && `${rate}/s`, progress.timeLeft()]
  const text = joined(progress.share() === undefined ? [progress.events(), rate && `${rate}/s`] : facts)
  return fitted(joined([barText(progress.share(), width - text.length - 1), text], ' '), width)
}

function barText(share: number | undefined, room: number): string {
  if (share === undefined || room < LEAST_BAR) return ''
  const size = Math.min(room, WIDEST_BAR)
  const done = Math.round(share * size)
  const { barCompleteChar, barIncompleteChar } = Presets.shades_classic
  return String(barCompleteChar).repeat(done) + String(barIncompleteChar).repeat(size - done)
}

function joined(parts: string[], separator = '  '): string {
  return parts.filter((part) => part !== '').join(separator)
}
