import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import type { OutcomeNode } from './outcome'
import type { Subscription } from './subscription'

/** Runs one batch of events through one subscription; resolves to one node an event, in their order. */
export type SendBatch = (events: SegmentEvent[], subscription: Subscription) => Promise<OutcomeNode[]>

/**
 * Holds a destination the way Segment does: settings checked, then batches through actions-core.
 * Throws at once, with the fields named, when the settings do not fit the definition.
 */
export function hostDestination<Settings>(
  definition: DestinationDefinition<Settings>,
  settings: JSONObject
): SendBatch {
  const destination = new Destination(definition)
  // Whether the settings are what the definition wants is checked here, so their type is not known before.
  destination.validateSettings({ ...settings } as Settings)
  return async (events, subscription) => {
    try {
      const [result] = await destination.onBatch(events, { ...settings, subscription: { ...subscription } })
      return result?.multistatus ?? []
    } finally {
      // actions-core keeps every response for good.
      destination.responses.length = 0
    }
  }
}
