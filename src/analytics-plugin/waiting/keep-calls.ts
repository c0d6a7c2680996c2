import { quietly } from '../quietly'

/** analytics.js keeps what lies in its queue across pages: it stores the queue when a page ends and goes on with the next. */
export interface CallQueue {
  push(call: unknown): unknown
}

export interface CallKeeper {
  /** Calls are held from now on. `leave` ends that. */
  begin(queue: CallQueue | undefined, leave: () => void): void
  /** A call is on its way. Without effect once calls that were held have reached Segment's own part of analytics.js. */
  keep(call: unknown): void
  /** Nothing is held any more. */
  release(): void
}

/**
 * Sees to it that no held call is lost when the page is left: a navigation that begins ends the wait, which leaves time to
 * send, and what is still held when the page is gone goes into the queue of analytics.js.
 *
 * Made before analytics.js is loaded: listeners run in the order in which they came, and analytics.js stores its queue in one.
 */
export function keepCalls(): CallKeeper {
  const held = new Set<unknown>()
  let keeps = true
  let queue: CallQueue | undefined
  let leave = (): void => undefined
  const save = (): void => {
    leave()
    held.forEach((call) => quietly(() => queue?.push(call)))
    held.clear()
  }
  window.addEventListener('pagehide', save)
  return {
    begin: (...given) => {
      ;[queue, leave] = given
      window.addEventListener('beforeunload', leave)
    },
    keep: (call) => {
      if (keeps) held.add(call)
    },
    release: () => {
      window.removeEventListener('beforeunload', leave)
      afterHandingOver(() => {
        window.removeEventListener('pagehide', save)
        keeps = false
        held.clear()
      })
    }
  }
}

/** analytics.js hands a call to its destinations in a timer of its own, which is set before the second of these. */
function afterHandingOver(run: () => void): void {
  setTimeout(() => setTimeout(run))
}
