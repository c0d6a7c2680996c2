import { createHash } from 'crypto'
import { BoundedMap } from './bounded-map'
import type { VisitEvent } from './events/visit-event'

/** An event seen more than once, and how often in total. */
export interface Duplicate {
  nonce: string
  count: number
}

/** `new`: never seen. `repeated`: the same event again, as a retry sends it. `reused`: the nonce of another event. */
export type NonceCheck = 'new' | 'repeated' | 'reused'

/**
 * Every nonce seen, so that what was sent twice can be told from what is new. Nonces are compared without case.
 * https://docs.kameleoon.com/api-reference/visit/send-visitor-events
 */
export class Nonces {
  /** Fingerprints of the events first seen, by nonce. */
  private readonly seen: BoundedMap<string>
  private readonly counts: BoundedMap<number>

  constructor(kept: number) {
    this.seen = new BoundedMap(kept)
    this.counts = new BoundedMap(kept)
  }

  /** Looks without remembering. `here` holds the events of the request at hand. */
  judge(event: VisitEvent, here: ReadonlyMap<string, string> = new Map()): NonceCheck {
    const known = this.seen.get(event.nonce) ?? here.get(event.nonce)
    if (known === undefined) return 'new'
    return known === fingerprint(event) ? 'repeated' : 'reused'
  }

  /** Remembers the event's nonce, or counts its repetition. */
  take(event: VisitEvent): NonceCheck {
    const kind = this.judge(event)
    if (kind === 'new') this.seen.set(event.nonce, fingerprint(event))
    if (kind === 'repeated') {
      const count = this.counts.get(event.nonce) ?? 1
      this.counts.set(event.nonce, count + 1)
    }
    return kind
  }

  get duplicates(): Duplicate[] {
    return this.counts.entries().map(([nonce, count]) => ({ nonce, count }))
  }

  reset(): void {
    this.seen.clear()
    this.counts.clear()
  }
}

/**
 * A short text that is equal for equal events. The user agent is filtered: only the first event of a visitor carries it,
 * and which one is first depends on how a retry is grouped.
 */
export function fingerprint(event: VisitEvent): string {
  const entries = Object.entries({ ...event, userAgent: undefined, at: undefined })
  const ordered = entries.filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha1').update(JSON.stringify(ordered)).digest('base64')
}
