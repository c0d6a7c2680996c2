import type { Stop } from './summary'

/** How long batches under way may take to settle after a run was stopped. */
const SETTLING_MS = 10_000

/** Whether and why a run stops before its end. The first reason counts. */
export class RunStop {
  private readonly controller = new AbortController()
  private readonly stopped: Promise<undefined>
  reason: Pick<Stop, 'cause' | 'reason'> | undefined

  constructor() {
    this.stopped = new Promise((resolve) => {
      this.controller.signal.addEventListener('abort', () => resolve(undefined), { once: true })
    })
  }

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
  }

  /** What the promise resolves to, or undefined as soon as nothing more may be sent. */
  async or<Result>(promise: Promise<Result>): Promise<Result | undefined> {
    // The run no longer waits for the promise once it is stopped.
    promise.catch(() => undefined)
    return await Promise.race([promise, this.stopped])
  }

  /** Waits for the promise; once nothing more may be sent, for at most ten seconds longer. */
  async settling(promise: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const deadline = this.stopped.then(() => new Promise((resolve) => (timer = setTimeout(resolve, SETTLING_MS))))
    await Promise.race([promise, deadline])
    clearTimeout(timer)
  }
}
