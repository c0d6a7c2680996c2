import type {
  ActionDefinition,
  DestinationDefinition,
  getAuthData,
  JSONObject,
  SegmentEvent,
  Subscription as FrameworkSubscription
} from '@segment/actions-core'
import type { Subscription } from '../subscription'
import type { CheckedEvent } from './checked-event'
import { syncModeOf } from './sync-mode'

export type BatchInput<Settings> = Parameters<NonNullable<ActionDefinition<Settings>['performBatch']>>[1]
type Valid = Extract<CheckedEvent, { kind: 'valid' }>

/** One action with settings that were checked, for one subscription. */
export interface HostedAction<Settings> {
  definition: ActionDefinition<Settings>
  extendRequest: DestinationDefinition<Settings>['extendRequest']
  account: Account<Settings>
  subscription: Subscription
}

/** What the settings of a destination hold. */
export interface Account<Settings> {
  /** With the values that the framework's check made of them. */
  settings: Settings
  auth: ReturnType<typeof getAuthData>
}

/**
 * What `performBatch` and `extendRequest` get, with the same members as from the framework.
 * @param events those that were mapped, valid or not
 */
export function batchInput<Settings>(
  action: HostedAction<Settings>,
  events: SegmentEvent[],
  valid: Valid[]
): BatchInput<Settings> {
  const { definition, account, subscription } = action
  const { mapping } = subscription
  const personas = events[0].context?.personas as Personas | null | undefined
  const matchingKey = mapping.__segment_internal_matching_key
  const input = {
    rawData: events,
    rawMapping: mapping,
    settings: { ...account.settings },
    audienceSettings: personas ? personas.audience_settings : {},
    payload: valid.map(({ payload }) => payload),
    audienceMembership: valid.map(({ audienceMembership }) => audienceMembership),
    auth: account.auth,
    features: {},
    statsContext: {},
    personasContext: personas,
    subscriptionMetadata: metadataOf(subscription),
    hookOutputs: hookOutputsOf(definition, mapping),
    syncMode: syncModeOf(definition, mapping),
    // eslint-disable-next-line @typescript-eslint/no-base-to-string -- as the framework does it
    matchingKey: matchingKey ? String(matchingKey) : undefined,
    signal: undefined
  }
  // The framework hands in an empty statsContext and raw data too, which its published type does not have.
  return input as unknown as BatchInput<Settings>
}

type Personas = { audience_settings?: unknown }

/** Subscriptions of Segment have ids; those of a mapping file may have them. */
function metadataOf({ ID, ConfigID, ActionID, ProjectID }: FrameworkSubscription): object {
  return { actionConfigId: ID, destinationConfigId: ConfigID, actionId: ActionID, sourceId: ProjectID }
}

function hookOutputsOf({ hooks }: ActionDefinition<never>, mapping: JSONObject): object {
  return Object.fromEntries(
    Object.keys(hooks ?? {})
      .filter((hook) => mapping[hook])
      .map((hook) => [hook, mapping[hook]])
  )
}
