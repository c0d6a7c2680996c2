import type { JSONObject } from '@segment/actions-core'

/** A subscription in the form that `deliver --mapping` reads. */
export interface MigratedSubscription {
  name: string
  partnerAction: string
  subscribe: string
  enabled: boolean
  mapping: JSONObject
}

/** A manual step: something the command cannot decide, with the reason and what to do. */
export interface ToDo {
  /** The subscription, or the settings. */
  about: string
  text: string
}

/** The result for one subscription. Without `result` it was not migrated. */
export interface Carried {
  name: string
  was: string
  result?: MigratedSubscription
  /** Fields that the user had changed; they are kept as they were. */
  changed: string[]
  /** Fields of this destination that the former one does not have. */
  added: string[]
  toDo: string[]
  notes: string[]
}

/** The result of `migrate`. */
export interface Migration {
  from: 'official' | 'classic'
  carried: Carried[]
  toDo: ToDo[]
  /** Information that needs no decision. */
  notes: string[]
}
