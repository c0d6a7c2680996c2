import { whenInitialized, type Analytics, type Call } from './analytics'
import { sendExposures } from './exposures'
import { completeOptions, type KameleoonPluginOptions } from './options'
import { quietly } from './quietly'
import { addVisitorCode } from './visitor-code'
import { waitForEngine } from './waiting'

type Hook = <AnyCall extends Call>(call: AnyCall) => AnyCall | Promise<AnyCall>

/** A plugin of analytics.js 2. It fits the `Plugin` type of `@segment/analytics-next`. */
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
 * in the traits of identify and group calls. Alias calls have neither and are not changed; they wait too, so that the order
 * of calls stays the same.
 *
 * Calls wait for Kameleoon's engine, not longer than the time limit. If there is no visitor code by then, they are sent
 * without one. The plugin never throws.
 *
 * @param options see `KameleoonPluginOptions`; an unusable option is reported on the console and its default is used
 *
 * @example
 * const analytics = AnalyticsBrowser.load({ writeKey, plugins: [kameleoonPlugin({ exposures: 'both' })] })
 */
export function kameleoonPlugin(options?: KameleoonPluginOptions): KameleoonPlugin {
  const { timeLimit, exposures } = completeOptions(options)
  // Without a window, as on a server, there is no wait.
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
