import type { Subscription } from '../../../segment-host'

/** A subscription as it is kept: with an id of its own, and switched on or off. */
export interface SavedSubscription extends Subscription {
  id: string
  enabled: boolean
}

/** What a user decides about a subscription; all but its id. */
export type SubscriptionDraft = Omit<SavedSubscription, 'id'>
