import type { REPORT_KIND } from '../../../emulator'
import type { CleanedUp } from './clean-up'
import type { Evidence } from './evidence'
import type { Found } from './question'

/** One question with its answer, and the requests that show it. */
export interface Answered extends Found {
  id: string
  asked: string
  why: string
  looksFor: string
  requests: Evidence[]
}

/** Everything that a run of `probe` found out. Contains no secrets. */
export interface Report {
  kind: typeof REPORT_KIND
  version: 1
  /** When the run began, in ISO 8601. */
  probedAt: string
  siteCode: string
  dataHost: string
  /** The requests in all, those for tokens and for cleaning up included. */
  requestCount: number
  /** Why questions were not asked or not answered: failures of Kameleoon, or an interruption. Empty when all went well. */
  troubles: string[]
  questions: Answered[]
  cleanUp: CleanedUp[]
}

/** Whether every question could be asked, and nothing was left behind. */
export function isComplete({ troubles, cleanUp }: Report): boolean {
  return troubles.length === 0 && cleanUp.every(({ state }) => state !== 'left')
}
