import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import type { Subscription } from '../contract'

/**
 * A destination definition whose settings are typed into the page, so they are checked when they are used and not by the
 * compiler.
 */
export type HostedDefinition = DestinationDefinition<JSONObject>

export const TARGETS = ['emulator', 'real'] as const

/** Where events are delivered: the embedded emulator, or Kameleoon itself. */
export type TargetKind = (typeof TARGETS)[number]

/** What delivery needs from the store of settings. */
export interface CurrentSettings {
  readonly target: TargetKind
  /** The settings of the current target in the form the definition takes, secrets included. */
  current(): JSONObject
  /** Calls the listener after every change. */
  onChange(listener: () => void): unknown
}

/** What delivery needs from the store of mappings. A change replaces the mapping's object; none is changed in place. */
export interface CurrentSubscriptions {
  list(): readonly Subscription[]
  /** Calls the listener after every change. */
  onChange(listener: () => void): unknown
}
