/** The time and a timer. Tests use their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: () => number
  /** Calls again and again after so many milliseconds, until the returned function is called. */
  every: (milliseconds: number, call: () => void) => () => void
}

/** The time of this machine. Its timer does not keep the process running. */
export const systemClock: Clock = {
  now: () => Date.now(),
  every: (milliseconds, call) => {
    const timer = setInterval(call, milliseconds).unref()
    return () => clearInterval(timer)
  }
}
