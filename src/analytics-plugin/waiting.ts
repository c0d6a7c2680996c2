import type { CallQueue } from './analytics'
import { whenEngineStarts } from './engine'
import { quietly } from './quietly'

/** One wait for the engine, shared by all calls. */
export interface Wait {
  /** Starts the wait. @param queue takes the calls that still wait when the page ends */
  begin(queue: CallQueue | undefined): void
  /** Returns the call when the wait is over, in the order in which calls came; at once if it is over already. */
  hold<AnyCall>(call: AnyCall): AnyCall | Promise<AnyCall>
}

/** A wait that ends when the engine has started, when it gives up, when the page is left, or after `timeLimit` milliseconds. */
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

interface CallKeeper {
  /** Starts to watch for the end of the page. `leave` ends the wait. */
  begin(queue: CallQueue | undefined, leave: () => void): void
  /** Adds a call to those that must not be lost. Has no effect once the waiting calls have reached Segment's own part. */
  keep(call: unknown): void
  /** The wait is over. */
  release(): void
}

/**
 * Makes sure that no waiting call is lost when the page is left. A navigation that begins ends the wait, so there is time
 * to send. What still waits when the page is gone goes into the queue of analytics.js.
 *
 * Must be called before analytics.js is loaded: listeners run in the order in which they were added, and analytics.js
 * stores its queue in a listener.
 */
function keepCalls(): CallKeeper {
  const waiting = new Set<unknown>()
  let keeps = true
  let queue: CallQueue | undefined
  let leave = (): void => undefined
  const save = (): void => {
    leave()
    waiting.forEach((call) => quietly(() => queue?.push(call)))
    waiting.clear()
  }
  window.addEventListener('pagehide', save)
  return {
    begin: (...given) => {
      ;[queue, leave] = given
      window.addEventListener('beforeunload', leave)
    },
    keep: (call) => {
      if (keeps) waiting.add(call)
    },
    release: () => {
      window.removeEventListener('beforeunload', leave)
      afterHandingOver(() => {
        window.removeEventListener('pagehide', save)
        keeps = false
        waiting.clear()
      })
    }
  }
}

/** analytics.js passes a call to its destinations in a timer of its own, which is set before the second timer here. */
function afterHandingOver(run: () => void): void {
  setTimeout(() => setTimeout(run))
}
