import official from '@segment/action-destinations/dist/destinations/kameleoon'
import type { JSONObject } from '@segment/actions-core'

/** A subscription as the Public API returns it, with the genuine defaults of its action and some of them changed. */
export function officialSubscription(
  actionSlug: 'logEvent' | 'page' | 'identify' | 'group',
  changes: JSONObject = {},
  fields: JSONObject = {}
): JSONObject {
  const preset = official.presets?.find(({ partnerAction }) => partnerAction === actionSlug)
  if (preset?.type !== 'automatic') throw new Error(`The official destination has no preset for ${actionSlug}`)
  return {
    id: `subscription-${actionSlug}`,
    name: preset.name ?? actionSlug,
    actionId: `action-${actionSlug}`,
    actionSlug,
    destinationId: 'destination-1',
    modelId: '',
    enabled: true,
    trigger: preset.subscribe,
    settings: { ...preset.mapping, ...changes },
    ...fields
  }
}

/** An answer of `GET /destinations/{id}/subscriptions`. */
export function officialExport(...subscriptions: JSONObject[]): JSONObject {
  return { data: { pagination: { current: 'MA==', totalEntries: subscriptions.length }, subscriptions } }
}

/** One subscription of each action, as Segment makes them when the official destination is added. */
export const DEFAULT_EXPORT = officialExport(
  officialSubscription('logEvent'),
  officialSubscription('page'),
  officialSubscription('group'),
  officialSubscription('identify')
)
