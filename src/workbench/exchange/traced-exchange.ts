import type { PartFate } from '../../emulator'

/** What the emulator did with a request after it was taken; filled when that is known, which may be after a time-out. */
export interface Judged {
  fates: PartFate[] | null
}

/** One request to Kameleoon and what came of it, without secrets. */
export interface TracedExchange {
  id: string
  at: number
  milliseconds: number
  method: string
  url: string
  headers: Record<string, string>
  body: string | null
  response: { status: number; headers: Record<string, string>; body: string | null } | null
  error: string | null
  /** Null where Kameleoon itself was asked: it tells nobody. */
  judged: Judged | null
}
