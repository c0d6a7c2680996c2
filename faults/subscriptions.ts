import type { JSONObject } from '@segment/actions-core'
import { presetSubscriptions, type Subscription } from '../src/segment-host'
import definition from '../src/destinations/kameleoon'

const presets = presetSubscriptions(definition)

/** The subscriptions of the trial: the presets, and two whose mapping asks for more. */
export const SUBSCRIPTIONS = {
  track: preset('Track Calls'),
  screen: preset('Screen Calls'),
  page: preset('Page Calls'),
  identify: preset('Identify Calls'),
  group: preset('Group Calls'),
  linkedTrack: preset('Track Calls', { linkedVisitors: true }),
  identifyWithCustomData: preset('Identify Calls', { customData: { '1': { '@path': '$.context.plan' } } })
}

export type SubscriptionName = keyof typeof SUBSCRIPTIONS

function preset(name: string, more: JSONObject = {}): Subscription {
  const found = presets.find((subscription) => subscription.name === name)
  if (!found) throw new Error(`There is no preset "${name}"`)
  return { ...found, mapping: { ...found.mapping, ...more } }
}
