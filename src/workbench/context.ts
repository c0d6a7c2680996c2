import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import type { Emulator } from '../emulator'
import type { Subscription, WorkbenchState } from './contract'
import type { LiveDelivery } from './delivery/live-delivery'
import type { EventLog } from './event-log/event-log'
import type { FaultSwitches } from './faults'
import type { SettingsStore } from './settings'
import type { LiveStream } from './stream/live-stream'
import type { SubscriptionStore } from './subscriptions'

/** A definition whose settings are checked when it is used, not by the compiler: a user types them into the page. */
export type HostedDefinition = DestinationDefinition<JSONObject>

export type TargetKind = 'emulator' | 'real'

/** What delivery asks of the store of settings. */
export interface CurrentSettings {
  readonly target: TargetKind
  /** The settings of the present target, secrets included, as the definition takes them. */
  current(): JSONObject
  /** Told after every change. */
  onChange(listener: () => void): unknown
}

/** What delivery asks of the store of mappings. A saved mapping is a new object; none is changed in place. */
export interface CurrentSubscriptions {
  list(): readonly Subscription[]
  onChange(listener: () => void): unknown
}

/** Everything that routes of the workbench work with. */
export interface WorkbenchContext {
  readonly definition: HostedDefinition
  /** The definition as it reaches a target: the embedded emulator, or Kameleoon itself. */
  definitionFor(target: TargetKind): HostedDefinition
  readonly emulator: Emulator
  readonly settings: SettingsStore
  readonly subscriptions: SubscriptionStore
  readonly faults: FaultSwitches
  readonly events: EventLog
  readonly delivery: LiveDelivery
  readonly stream: LiveStream
  readonly clock: () => number
  readonly writeKey: string
  readonly version: string
  /** Where the workbench listens, as `http://host:port`; known once it does. */
  address(): string
  state(): WorkbenchState
}
