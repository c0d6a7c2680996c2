import { AbortedError } from './errors'

/**
 * What waits for a signal, by signal. Each signal gets one listener: Node warns of a leak where it has more than ten, and a
 * host may use one signal for as long as it runs.
 */
const waiting = new WeakMap<AbortSignal, Set<() => void>>()

/** @throws AbortedError if the host has ended the delivery */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AbortedError()
}

/**
 * Waits for a promise, but not longer than until the host ends the delivery. What the promise stands for goes on.
 * @throws AbortedError if that comes first
 */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  return new Promise<T>((resolve, reject) => {
    const stop = onAbort(signal, () => reject(new AbortedError()))
    void promise.then(resolve, reject).finally(stop)
  })
}

/**
 * Joins work that several callers share, such as the exchange of credentials. It is done with the request client of the
 * caller that began it, and ends with that one's signal; the others then begin anew.
 * @param join begins the work, or joins it if it is under way
 * @throws AbortedError if this caller's host ends the delivery first
 */
export async function joined<T>(join: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  for (;;) {
    throwIfAborted(signal)
    try {
      return await unlessAborted(join(), signal)
    } catch (error) {
      if (!(error instanceof AbortedError) || signal?.aborted) throw error
    }
  }
}

function onAbort(signal: AbortSignal, action: () => void): () => void {
  if (signal.aborted) action()
  const actions = waiting.get(signal) ?? listenedTo(signal)
  actions.add(action)
  return () => actions.delete(action)
}

function listenedTo(signal: AbortSignal): Set<() => void> {
  const actions = new Set<() => void>()
  waiting.set(signal, actions)
  signal.addEventListener('abort', () => actions.forEach((action) => action()), { once: true })
  return actions
}
