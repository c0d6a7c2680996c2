import { whenEngineStarts } from '../engine'
import { keepCalls, type CallQueue } from './keep-calls'

/** The one wait for the engine that all calls share. */
export interface Wait {
  /** Begins to wait. @param queue where calls are put that are still held when the page ends */
  begin(queue: CallQueue | undefined): void
  /** Gives the call back when the wait is over, in the order in which the calls came; at once if it is over already. */
  hold<AnyCall>(call: AnyCall): AnyCall | Promise<AnyCall>
}

/** A wait until the engine is there, but not longer than the time limit in milliseconds, and not when the page is left. */
export function waitForEngine(timeLimit: number): Wait {
  const keeper = keepCalls()
  let isOver = false
  let resolve: () => void
  const over = new Promise<void>((done) => (resolve = done))
  return {
    begin: (queue) => {
      const end = (): void => {
        if (isOver) return
        isOver = true
        resolve()
        clearTimeout(timer)
        window.removeEventListener('Kameleoon::Aborted', end)
        keeper.release()
      }
      const timer = setTimeout(end, timeLimit)
      keeper.begin(queue, end)
      window.addEventListener('Kameleoon::Aborted', end)
      whenEngineStarts(end)
    },
    hold: (call) => {
      keeper.keep(call)
      return isOver ? call : over.then(() => call)
    }
  }
}
