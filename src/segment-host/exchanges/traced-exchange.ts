import type { PartResult } from '../../emulator'

/** What the emulator did with a request after it was taken; known after a time-out too, if late. */
export class Judged {
  results: PartResult[] | null = null
  private tell: (() => void) | null = null

  know(results: PartResult[]): void {
    this.results = results
    this.tell?.()
  }

  /** Calls back once the results are known, if they are not known already. */
  whenLate(tell: () => void): void {
    if (this.results === null) this.tell = tell
  }
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
