import { createHash } from 'crypto'
import { BoundedMap } from './bounded'
import type { VisitEvent } from './events/visit-event'

/** An event that was received more than once, and how often in total. */
export interface Duplicate {
  nonce: string
  count: number
}

/** `new`: first time. `repeated`: the same event again, as in a retry. `reused`: the nonce of a different event. */
export type NonceCheck = 'new' | 'repeated' | 'reused'

/**
 * The nonces received so far, to recognise events that are sent again. Upper and lower case count as equal.
 * https://docs.kameleoon.com/api-reference/visit/send-visitor-events
 */
export class Nonces {
  /** Fingerprints of the events first seen, by nonce. */
  private readonly seen: BoundedMap<string>
  private readonly counts: BoundedMap<number>

  /** @param original whose nonces count as received, too; it is never changed */
  constructor(
    kept: number,
    private readonly original?: Nonces
  ) {
    this.seen = new BoundedMap(kept)
    this.counts = new BoundedMap(kept)
  }

  /** Checks an event without storing its nonce. `here` has the events of the same request by nonce. */
  check(event: VisitEvent, here: ReadonlyMap<string, string> = new Map()): NonceCheck {
    const known = this.seen.get(event.nonce) ?? this.original?.seen.get(event.nonce) ?? here.get(event.nonce)
    if (known === undefined) return 'new'
    return known === fingerprint(event) ? 'repeated' : 'reused'
  }

  /** Stores the event's nonce, or counts the repetition. */
  take(event: VisitEvent): NonceCheck {
    const kind = this.check(event)
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
 * A short text that is equal for equal events. The user agent does not count: only the first event of a visitor carries it,
 * and a retry may group events differently.
 */
export function fingerprint(event: VisitEvent): string {
  const entries = Object.entries({ ...event, userAgent: undefined, at: undefined })
  const ordered = entries.filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha1').update(JSON.stringify(ordered)).digest('base64')
}
