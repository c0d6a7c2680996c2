/** The part of the analytics.js instance that the plugin uses. The genuine instance fits. */
export interface Analytics {
  initialized?: boolean
  settings?: { writeKey?: string }
  queue?: { queue?: CallQueue }
  once?(event: 'initialize', run: () => void): unknown
  track(name: string, properties: Record<string, unknown>, options: object): unknown
  identify(traits: Record<string, unknown>, options: object): unknown
}

/** The queue of analytics.js. It is stored when a page ends, and the next page sends what is in it. */
export interface CallQueue {
  push(call: unknown): unknown
}

/** The part of an analytics.js call that the plugin reads and changes. */
export interface Call {
  event: {
    properties?: object | null
    traits?: object | null
    context?: { traits?: object | null } | null
  }
}

/** Runs `run` once analytics.js accepts calls and has its middleware, for example a consent middleware. */
export function whenInitialized(analytics: Analytics, run: () => void): void {
  if (analytics.initialized || !analytics.once) run()
  else analytics.once('initialize', run)
}
