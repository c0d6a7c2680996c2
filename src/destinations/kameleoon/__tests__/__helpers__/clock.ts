/**
 * Stops the clocks that caches read. Fake timers would stop the network stack as well.
 * Undone by `jest.restoreAllMocks()`.
 */
export function stopClock(start: string) {
  let now = Date.parse(start)
  jest.spyOn(Date, 'now').mockImplementation(() => now)
  if (typeof performance === 'object') jest.spyOn(performance, 'now').mockImplementation(() => now)
  return {
    /** Moves the clocks on. lru-cache reads them once in a millisecond: its timer runs before one set later. */
    async pass(milliseconds: number): Promise<void> {
      now += milliseconds
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }
}

export const SECOND = 1000
export const MINUTE = 60 * SECOND
