import type { DestinationDefinition } from '@segment/actions-core'

/** Something about a definition that Segment would reject, or that would not work. */
export interface Problem {
  /** Where, as a path within the definition: `actions.logEvent.fields.goalId`. */
  place: string
  /** What is wrong there, as the rest of a sentence. */
  fault: string
}

/** One thing to check about a definition; nothing found means that all is well. */
export type Rule = <Settings>(definition: DestinationDefinition<Settings>) => Problem[]
