import type { Output } from '../context'
import { fitted } from '../text'
import { systemClock, type Clock } from './clock'
import { Progress } from './progress'
import type { Pause } from '../../segment-host'
import type { Watch } from './watch'

const INTERVAL_MS = 10_000
/** A pause that is longer is told at once. */
const LONG_PAUSE_MS = 2_000
/** The answer of a server may be a whole page, and a line should stay a line. */
const LONGEST_LINE = 240

/** A line every ten seconds, for a file, a pipe or the log of a scheduler. A long pause is told when it begins. */
export function progressLines(output: Output, clock: Clock = systemClock): Watch {
  const progress = new Progress(() => clock.now())
  const print = (text: string): unknown => output.write(`${fitted(text, LONGEST_LINE)}\n`)
  const stop = clock.every(INTERVAL_MS, () => print(lineText(progress)))
  const pauses = longPauses(clock)
  return {
    position: (position) => progress.position(position),
    settled: (settled) => progress.settled(settled),
    batch: () => undefined,
    request: () => undefined,
    waiting: (waiting) => {
      progress.waiting(waiting)
      if (pauses(waiting)) print(progress.wait())
    },
    note: (text) => void output.write(`${text}\n`),
    close: () => Promise.resolve(stop())
  }
}

/** `12,000 events (42%), 1,200 a second, 11,000 delivered, 3 rejected`, and the reason when events wait. */
export function lineText(progress: Progress): string {
  const percent = progress.percent()
  const rate = progress.eventsPerSecond()
  const facts = [
    progress.events() + (percent && ` (${percent})`),
    rate && `${rate} a second`,
    progress.counts(),
    progress.timeLeft(),
    progress.wait()
  ]
  return facts.filter((fact) => fact !== '').join(', ')
}

/** Tells which pauses are worth a line of their own: long ones, and one in ten seconds. */
function longPauses(clock: Clock): (waiting: Pause) => boolean {
  let last = -Infinity
  return ({ milliseconds }) => {
    if (milliseconds <= LONG_PAUSE_MS || clock.now() - last < INTERVAL_MS) return false
    last = clock.now()
    return true
  }
}
