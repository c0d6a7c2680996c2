import { defaultValues } from '@segment/actions-core'
import type { BaseDefinition, JSONObject } from '@segment/actions-core'
import type { SubscriptionDraft } from '../../workbench/server/subscriptions/saved-subscription'

/** An entry without problems, with what it filtered filled in as Segment does; `id` only where it has one. */
export function completed(entry: unknown, { actions }: BaseDefinition): SubscriptionDraft & { id?: string } {
  // `entryProblems` has found nothing, so the members are of these types.
  const { id, name, partnerAction, subscribe, enabled, mapping } = entry as Partial<SubscriptionDraft> & {
    id?: string
    partnerAction: string
    subscribe: string
  }
  return {
    ...(id ? { id } : {}),
    name: name || partnerAction,
    partnerAction,
    subscribe,
    enabled: enabled ?? true,
    mapping: mapping ?? defaultMapping(actions, partnerAction)
  }
}

function defaultMapping(actions: BaseDefinition['actions'], partnerAction: string): JSONObject {
  return defaultValues(actions[partnerAction].fields)
}
