import { performance } from 'perf_hooks'

/** Longest time in milliseconds for which other work waits. */
const LONGEST_MS = 10

/** Divides long work, so that other work of the process goes on in between. */
export class Pace {
  private since = performance.now()

  get isPauseDue(): boolean {
    return performance.now() - this.since > LONGEST_MS
  }

  async pause(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    this.since = performance.now()
  }
}
