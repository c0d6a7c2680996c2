import { syncModeTypes } from '@segment/actions-core/destination-kit/types'
import type { ActionDefinition, JSONObject } from '@segment/actions-core'

export type SyncMode = (typeof syncModeTypes)[number]

/** The sync mode in a mapping, for actions that have one. */
export function syncModeOf(action: ActionDefinition<never>, mapping: JSONObject): SyncMode | undefined {
  const mode = action.syncMode ? mapping.__segment_internal_sync_mode : undefined
  return syncModeTypes.find((known) => known === mode)
}
