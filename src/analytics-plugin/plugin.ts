import { whenInitialized, type Analytics } from './analytics'
import type { Call } from './call'
import { sendExposures } from './exposures/send-exposures'
import { completeOptions, type KameleoonPluginOptions } from './options'
import { quietly } from './quietly'
import { addVisitorCode } from './visitor-code/add-visitor-code'
import { waitForEngine } from './waiting/wait'

type Hook = <AnyCall extends Call>(call: AnyCall) => AnyCall | Promise<AnyCall>

/** An analytics.js 2 plugin; it fits the `Plugin` type of `@segment/analytics-next`. */
export interface KameleoonPlugin {
  name: string
  type: 'enrichment'
  version: string
  isLoaded(): boolean
  load(context: unknown, analytics: Analytics): Promise<void>
  track: Hook
  page: Hook
  screen: Hook
  identify: Hook
  group: Hook
  alias: Hook
}

/**
 * Adds Kameleoon's visitor code to every call as `kameleoonVisitorCode`: in the properties of track, page and screen calls,
 * in the traits of identify and group calls. Alias calls have neither; they only keep their place among the others.
 *
 * Calls wait for Kameleoon's engine, all together and not longer than the time limit, and go on without a code if there is
 * none by then. Nothing thrown here reaches the page.
 *
 * @example
 * const analytics = AnalyticsBrowser.load({ writeKey, plugins: [kameleoonPlugin({ exposures: 'both' })] })
 */
export function kameleoonPlugin(options?: KameleoonPluginOptions): KameleoonPlugin {
  const { timeLimit, exposures } = completeOptions(options)
  // Nothing where there is no window, as on a server.
  const wait = quietly(() => waitForEngine(timeLimit))
  const hook = (change: (call: Call) => void): Hook => {
    const changed = <AnyCall extends Call>(call: AnyCall): AnyCall => {
      quietly(() => change(call))
      return call
    }
    return (call) => {
      const held = wait ? wait.hold(call) : call
      return held instanceof Promise ? held.then(changed) : changed(held)
    }
  }
  const inProperties = hook((call) => addVisitorCode(call, 'properties'))
  const inTraits = hook((call) => addVisitorCode(call, 'traits'))
  return {
    name: 'Kameleoon visitor code',
    type: 'enrichment',
    version: '1.0.0',
    isLoaded: () => true,
    load: (_context, analytics) => {
      quietly(() => wait?.begin(analytics.queue?.queue))
      if (exposures !== 'off') {
        whenInitialized(analytics, () => quietly(() => sendExposures(analytics, exposures)))
      }
      return Promise.resolve()
    },
    track: inProperties,
    page: inProperties,
    screen: inProperties,
    identify: inTraits,
    group: inTraits,
    alias: hook(() => undefined)
  }
}
