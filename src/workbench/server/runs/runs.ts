import type { Run as RunReport } from '../../contract'
import type { EventLog } from '../event-log/event-log'
import type { LiveEvent } from '../event-log/live-event'
import { Run, type RunPlan } from './run'

/** Ended runs are kept for the page, up to this many. */
const MOST_KEPT = 5

/** The runs of this session, the newest first. */
export class Runs {
  private kept: Run[] = []
  private readonly owners = new WeakMap<LiveEvent, Run>()

  constructor(
    events: Pick<EventLog, 'onChange'>,
    private readonly clock: () => number
  ) {
    events.onChange((event) => this.owners.get(event)?.update(event))
  }

  begin(plan: RunPlan): Run {
    const run = new Run(plan, this.clock)
    const ended = this.kept.filter(({ hasEnded }) => hasEnded)
    const forgotten = new Set(ended.slice(MOST_KEPT - 1))
    this.kept = [run, ...this.kept.filter((one) => !forgotten.has(one))]
    return run
  }

  /** Counts an event for a run, and everything that happens to it later. */
  add(run: Run, event: LiveEvent): void {
    this.owners.set(event, run)
    run.add(event)
  }

  get(id: string): Run | undefined {
    return this.kept.find((run) => run.id === id)
  }

  list(): RunReport[] {
    return this.kept.map((run) => run.report())
  }

  /** Stops all of them. */
  close(): void {
    for (const run of this.kept) run.stop('The workbench ended.')
  }
}
