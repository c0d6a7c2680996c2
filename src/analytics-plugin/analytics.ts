import type { CallQueue } from './waiting/keep-calls'

/** As much of the analytics.js instance as is used here; the genuine one fits. */
export interface Analytics {
  initialized?: boolean
  settings?: { writeKey?: string }
  queue?: { queue?: CallQueue }
  once?(event: 'initialize', run: () => void): unknown
  track(name: string, properties: Record<string, unknown>, options: object): unknown
  identify(traits: Record<string, unknown>, options: object): unknown
}

/** Runs `run` when analytics.js has its middleware, among them those that ask for consent, and takes calls. */
export function whenInitialized(analytics: Analytics, run: () => void): void {
  if (analytics.initialized || !analytics.once) run()
  else analytics.once('initialize', run)
}
