import type { Modes } from '../../../emulator'
import type { Session } from './session'
import type { Visit } from './visit'

/** What was found out about one question. */
export interface Found {
  answer: 'seen' | 'not seen' | 'could not tell'
  /** What was seen, as a sentence. */
  found: string
  /** How an emulator is set that behaves like this. */
  mode?: Partial<Modes>
}

/** The rest of a question, after the events of all questions can be read; null when they could not be. */
export type WhenRead = (visit: Visit | null) => Found

/** One question about Kameleoon that its documentation leaves open. */
export interface Question {
  id: string
  asked: string
  why: string
  /** What the answer "seen" means. */
  looksFor: string
  /** The requests it makes, for the reader of the plan. */
  requests: string[]
  /** Asks Kameleoon. Every trace must be noted in the session before the request that leaves it. */
  ask: (session: Session) => Promise<Found | WhenRead>
}

export const seen = (found: string, mode?: Partial<Modes>): Found => ({ answer: 'seen', found, ...(mode && { mode }) })

export const notSeen = (found: string, mode?: Partial<Modes>): Found => ({
  answer: 'not seen',
  found,
  ...(mode && { mode })
})

export const couldNotTell = (found: string, mode?: Partial<Modes>): Found => ({
  answer: 'could not tell',
  found,
  ...(mode && { mode })
})

/** For questions that say nothing unless the visitor's events can be read. */
export function whenRead(tell: (visit: Visit) => Found): WhenRead {
  return (visit) => (visit ? tell(visit) : couldNotTell('The events of the test visitor could not be read'))
}
