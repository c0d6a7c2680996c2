/**
 * Stops the clocks that caches read. Jest's fake timers would stop the network stack too.
 * Undone by `jest.restoreAllMocks()`.
 */
export function stopClock(start: string) {
  let now = Date.parse(start)
  jest.spyOn(Date, 'now').mockImplementation(() => now)
  if (typeof performance === 'object') jest.spyOn(performance, 'now').mockImplementation(() => now)
  return {
    /** Advances the clocks. lru-cache reads them once per millisecond, so this waits for its timer. */
    async pass(milliseconds: number): Promise<void> {
      now += milliseconds
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }
}

export const SECOND = 1000
export const MINUTE = 60 * SECOND
