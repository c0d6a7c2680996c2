import type { EventStatus, OverviewStep, OverviewWindow } from '../../contract'

const STEP_MS = 30_000
const DAY_MS = 86_400_000

/** Half minutes that are remembered. */
const MOST_STEPS = DAY_MS / STEP_MS

/** Steps of each window: how long one is in milliseconds, and how many there are. */
const WINDOWS: Record<OverviewWindow, { length: number; count: number }> = {
  '15m': { length: STEP_MS, count: 30 },
  '1h': { length: 4 * STEP_MS, count: 30 },
  '24h': { length: 60 * STEP_MS, count: 48 }
}

type Counts = Record<EventStatus, number>

/** One half minute. `number` counts half minutes since 1970. */
interface Step {
  number: number
  counts: Counts
}

/** How many events arrived in each half minute of the last day, by status. Its memory is bounded by the day. */
export class StepCounts {
  /** A ring: each step is at its number modulo the length. */
  private readonly steps = Array<Step | undefined>(MOST_STEPS).fill(undefined)

  /**
   * Counts an event, or takes it back.
   * @param arrivedAt when the event arrived, in milliseconds since 1970
   */
  count(arrivedAt: number, status: EventStatus, by: 1 | -1): void {
    const number = Math.floor(arrivedAt / STEP_MS)
    const held = this.steps[number % MOST_STEPS]
    if (held?.number === number) held.counts[status] += by
    // An event of a step that is not remembered any more is not counted again.
    else if (by > 0 && (held === undefined || held.number < number)) {
      this.steps[number % MOST_STEPS] = { number, counts: { ...NOTHING, [status]: by } }
    }
  }

  /** The steps of a window up to now, oldest first. The last one is not over yet. */
  window(window: OverviewWindow, now: number): OverviewStep[] {
    const { length, count } = WINDOWS[window]
    const end = (Math.floor(now / length) + 1) * length
    return Array.from({ length: count }, (_, index) => this.between(end - (count - index) * length, length))
  }

  private between(from: number, length: number): OverviewStep {
    const first = from / STEP_MS
    const numbers = Array.from({ length: length / STEP_MS }, (_, index) => first + index)
    const held = numbers.flatMap((number) => {
      const step = this.steps[number % MOST_STEPS]
      return step?.number === number ? [step.counts] : []
    })
    return { from: iso(from), to: iso(from + length), ...summed(held) }
  }
}

const NOTHING: Counts = { waiting: 0, retrying: 0, delivered: 0, filtered: 0, rejected: 0 }

function summed(counts: Counts[]): Omit<OverviewStep, 'from' | 'to'> {
  const sum = (...statuses: EventStatus[]): number =>
    counts.reduce((all, one) => statuses.reduce((total, status) => total + one[status], all), 0)
  const settled = { delivered: sum('delivered'), filtered: sum('filtered'), rejected: sum('rejected') }
  const unsettled = sum('waiting', 'retrying')
  return { received: settled.delivered + settled.filtered + settled.rejected + unsettled, ...settled, unsettled }
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
