export type { SavedSubscription, SubscriptionDraft } from './saved-subscription'
export { SubscriptionStore, type SubscriptionStoreOptions } from './subscription-store'
