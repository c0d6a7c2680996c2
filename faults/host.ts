import { Destination, type JSONObject, type SegmentEvent } from '@segment/actions-core'
import { outcomeOf, presetSubscriptions, type Outcome, type OutcomeNode, type Subscription } from '../src/segment-host'
import definition from '../src/destinations/kameleoon'
import type { Settings } from '../src/destinations/kameleoon/generated-types'
import { connectTo, type Emulator } from '../src/emulator'
import { pluginCopy, type Plugin } from './plugin-copies'

/** How often a host looks whether its time is up, in real milliseconds. */
const WATCH_MILLISECONDS = 5

/** How often it looks before it gives up: what is sent of an answer that stalls has arrived by then. */
const LOOKS = 4

/**
 * Holds the destination as Segment does. Segment ends a batch that takes too long; here that is a batch one of whose calls
 * met a time-out, so that no trial depends on how fast its machine is.
 */
export class Host {
  private readonly destination: Destination<Settings>
  private readonly settings: JSONObject

  constructor(
    emulator: Emulator,
    /** How many calls have met a time-out so far. */
    private readonly timeOuts: () => number = () => 0,
    /** By default a new copy, which remembers nothing, as a new process. */
    plugin: Plugin = pluginCopy()
  ) {
    this.destination = new Destination<Settings>(connectTo(plugin.default, emulator))
    this.settings = { apiKey: emulator.apiKey, sitecode: emulator.sitecode }
  }

  /** Sends a batch once; one outcome an event. Throws when the destination throws or leaves an event out. */
  async send(texts: string[], subscription: Subscription): Promise<Outcome[]> {
    const limit = new AbortController()
    const before = this.timeOuts()
    let looks = 0
    const watch = setInterval(() => {
      if (this.timeOuts() > before && ++looks === LOOKS) limit.abort(timeIsUp())
    }, WATCH_MILLISECONDS)
    try {
      const events = texts.map((text) => JSON.parse(text) as SegmentEvent)
      const settings = { ...this.settings, subscription: { ...subscription } }
      const [result] = await this.destination.onBatch(events, settings, { signal: limit.signal })
      return outcomesOf(result?.multistatus ?? [], texts.length)
    } finally {
      clearInterval(watch)
      // actions-core keeps every response for good.
      this.destination.responses.length = 0
    }
  }
}

function timeIsUp(): DOMException {
  return new DOMException('The time of the host is up', 'TimeoutError')
}

function outcomesOf(nodes: OutcomeNode[], count: number): Outcome[] {
  if (nodes.length !== count || nodes.includes(undefined)) {
    throw new Error(`The destination returned ${nodes.filter(Boolean).length} outcomes for ${count} events`)
  }
  return nodes.map(outcomeOf)
}

const presets = presetSubscriptions(definition)

/** The subscriptions of the trial: the presets, and some whose mapping asks for more. */
export const SUBSCRIPTIONS = {
  track: preset('Track Calls'),
  screen: preset('Screen Calls'),
  page: preset('Page Calls'),
  identify: preset('Identify Calls'),
  group: preset('Group Calls'),
  linkedTrack: preset('Track Calls', { visitorFallback: 'linked visitor only' }),
  crossDeviceTrack: preset('Track Calls', { visitorFallback: 'cross-device id' }),
  crossDeviceIdentify: preset('Identify Calls', { visitorFallback: 'cross-device id' }),
  identifyWithCustomData: preset('Identify Calls', { customData: { '1': { '@path': '$.context.plan' } } })
}

export type SubscriptionName = keyof typeof SUBSCRIPTIONS

function preset(name: string, more: JSONObject = {}): Subscription {
  const found = presets.find((subscription) => subscription.name === name)
  if (!found) throw new Error(`There is no preset "${name}"`)
  return { ...found, mapping: { ...found.mapping, ...more } }
}
