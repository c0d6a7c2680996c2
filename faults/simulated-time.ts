/**
 * A time that passes only when it is told to, for this whole process: tokens, goal directory, budgets and the emulator's
 * limits live by `Date.now` and `performance.now`. Timers stay real.
 */
export class SimulatedTime {
  private readonly realDateNow = Date.now
  private readonly realPerformanceNow = performance.now.bind(performance)

  constructor(private milliseconds = Date.parse('2026-02-01T00:00:00Z')) {}

  readonly now = (): number => this.milliseconds

  advance(milliseconds: number): void {
    this.milliseconds += milliseconds
  }

  /** Waits for a moment; one that is over takes no time. */
  advanceTo(moment: number): void {
    this.milliseconds = Math.max(this.milliseconds, moment)
  }

  /** Runs an action in this time, and goes back to the real one. */
  async during<T>(action: () => Promise<T>): Promise<T> {
    Date.now = this.now
    performance.now = this.now
    try {
      return await action()
    } finally {
      Date.now = this.realDateNow
      performance.now = this.realPerformanceNow
    }
  }
}
