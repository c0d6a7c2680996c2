import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import type { Subscription } from '../contract'

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
