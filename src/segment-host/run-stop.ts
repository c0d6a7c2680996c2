import type { Stop } from './summary'

/** How long batches under way may take to settle after a run was stopped. */
const SETTLING_MS = 10_000

/** Whether and why a run stops before its end. The first reason counts. */
export class RunStop {
  private readonly controller = new AbortController()
  /** Called when nothing more may be sent. */
  private readonly listeners = new Set<() => void>()
  reason: Pick<Stop, 'cause' | 'reason'> | undefined

  /** Aborted once nothing more may be sent. */
  get signal(): AbortSignal {
    return this.controller.signal
  }

  /** Ends reading. Events that were read are still sent. */
  stopReading(cause: Stop['cause'], reason: string): void {
    this.reason ??= { cause, reason }
  }

  /** Ends reading and sending. */
  stop(cause: Stop['cause'], reason: string): void {
    this.stopReading(cause, reason)
    this.controller.abort()
    this.listeners.forEach((listener) => listener())
  }

  /** What the promise resolves to, or undefined as soon as nothing more may be sent. */
  or<Result>(promise: Promise<Result>): Promise<Result | undefined> {
    // A race with one lasting promise would keep every result in memory until the end of the run.
    return new Promise((resolve, reject) => {
      const stopped = (): void => resolve(undefined)
      if (this.signal.aborted) stopped()
      this.listeners.add(stopped)
      promise.then(resolve, reject).finally(() => this.listeners.delete(stopped))
    })
  }

  /** Waits for the promise; once nothing more may be sent, for at most ten seconds longer. */
  async settling(promise: Promise<unknown>): Promise<void> {
    await this.or(promise)
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise((resolve) => (timer = setTimeout(resolve, SETTLING_MS)))
    await Promise.race([promise, deadline])
    clearTimeout(timer)
  }
}
