import type { BaseDefinition } from '@segment/actions-core'
import type { Subscription } from './subscription'

/**
 * The subscriptions Segment creates when a destination is added: one for each automatic preset of the definition.
 * Presets for specific events wait for a user to choose them, so they are not among these.
 */
export function presetSubscriptions(definition: BaseDefinition): Subscription[] {
  const subscriptions: Subscription[] = []
  for (const preset of definition.presets ?? []) {
    if (preset.type !== 'automatic') continue
    const { name, partnerAction, subscribe, mapping } = preset
    subscriptions.push({ name: name ?? partnerAction, partnerAction, subscribe, mapping: mapping ?? {} })
  }
  return subscriptions
}
