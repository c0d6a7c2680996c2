import type { Emulator } from '../../emulator'
import type { WorkbenchState } from '../contract'
import type { LiveDelivery } from './delivery/live-delivery'
import type { EventLog } from './event-log/event-log'
import type { FaultSwitches } from './faults'
import type { HostedDefinition, TargetKind } from './hosted'
import type { LiveStream } from './live-stream'
import type { SettingsStore } from './settings/settings-store'
import type { SubscriptionStore } from './subscriptions/subscription-store'

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
