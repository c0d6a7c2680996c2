import type { JSONObject } from '@segment/actions-core'

/** A subscription in the form that `deliver --mapping` reads. */
export interface MigratedSubscription {
  name: string
  partnerAction: string
  subscribe: string
  enabled: boolean
  mapping: JSONObject
}

/** Something a machine cannot decide, with the reason and what to do. */
export interface ToDo {
  /** The subscription, or the settings. */
  about: string
  text: string
}

/** What became of one subscription; without `result` it was filtered. */
export interface Carried {
  name: string
  was: string
  result?: MigratedSubscription
  /** Fields that the user had changed and that are as they were. */
  changed: string[]
  /** Fields of this destination that the former one does not have. */
  added: string[]
  toDo: string[]
  notes: string[]
}

/** Everything `migrate` found out and made. */
export interface Migration {
  from: 'official' | 'classic'
  carried: Carried[]
  toDo: ToDo[]
  /** What is good to know and needs no decision. */
  notes: string[]
}
