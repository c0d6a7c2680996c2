import { textOf } from './values'

/** A queue, as far as another one depends on it. */
export interface Sender {
  /** Whether it pauses before it sends events again, so that what waits in it may take minutes. */
  readonly isPausing: boolean
  /** Asks it to send what came before this number now. */
  hurry: (before: number) => void
  /** Tells it that events it had to leave waiting may be free now. */
  wake: () => void
}

/** An event in a queue, with what decides about its order. */
export interface Place {
  /** Grows in the order in which events arrive. */
  readonly number: number
  /** User id and anonymous id. */
  readonly identities: readonly string[]
  /** Whether it may change stored data that a later event of the same identity needs, such as a link. */
  readonly mayWrite: boolean
  readonly sender: Sender
}

/**
 * The order between the queues of several subscriptions: an event leaves after every earlier event of the same identity
 * that may write stored data is settled, in whatever queue that is. The earliest event of all never waits, so there is
 * always one that can be sent.
 */
export class IdentityOrder {
  /** Unsettled events that may write, by identity; a set keeps the order in which they were added. */
  private readonly writers = new Map<string, Set<Place>>()
  private readonly waiting = new Set<Sender>()

  enter(place: Place): void {
    if (!place.mayWrite) return
    for (const identity of place.identities) {
      const writers = this.writers.get(identity)
      if (writers) writers.add(place)
      else this.writers.set(identity, new Set([place]))
    }
  }

  /** An earlier event that must be settled first, or undefined. Those in `company` go with it in the same batch. */
  blockerOf({ identities, number }: Place, company: ReadonlySet<Place>): Place | undefined {
    for (const identity of identities) {
      for (const writer of this.writers.get(identity) ?? []) {
        if (writer.number >= number) break
        if (!company.has(writer)) return writer
      }
    }
    return undefined
  }

  /** Wakes this queue once when events of any queue are settled, or pause. */
  wakeLater(sender: Sender): void {
    this.waiting.add(sender)
  }

  wakeAll(): void {
    const senders = [...this.waiting]
    this.waiting.clear()
    senders.forEach((sender) => sender.wake())
  }

  /** These events are settled. */
  leave(places: readonly Place[]): void {
    const writers = places.filter(({ mayWrite }) => mayWrite)
    writers.forEach((place) => this.forget(place))
    if (writers.length > 0) this.wakeAll()
  }

  /** This queue stopped: nobody waits for its events any more. */
  abandon(sender: Sender): void {
    const places = [...this.writers.values()].flatMap((writers) => [...writers])
    this.leave(places.filter((place) => place.sender === sender))
  }

  private forget(place: Place): void {
    for (const identity of place.identities) {
      const writers = this.writers.get(identity)
      writers?.delete(place)
      if (writers?.size === 0) this.writers.delete(identity)
    }
  }
}

/** The ids that say whose an event is. */
export function identitiesOf({ userId, anonymousId }: { userId?: unknown; anonymousId?: unknown }): string[] {
  const ids = [userId, anonymousId].map((id) => textOf(id)?.trim() ?? '')
  return [...new Set(ids)].filter((id) => id !== '')
}
