import { isPlaceholder } from '../destinations/kameleoon'
import { visitorCodeIn, type StoredDataUse } from './stored-data-use'
import { memberOf, textOf } from './values'

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
export interface Place extends StoredDataUse {
  /** Grows in the order in which events arrive. */
  readonly number: number
  /** User id, anonymous id and visitor code. */
  readonly identities: readonly string[]
  /** The first of them; see `personOf`. */
  readonly person: string | null
  readonly sender: Sender
}

/** Events by identity; a set keeps the order in which they were added. */
type Places = Map<string, Set<Place>>

/**
 * The order between the queues of several subscriptions: an event leaves after every earlier event of the same identity
 * that may write stored data is settled, in whatever queue that is; and one that may make a link, after every earlier event
 * whose visitor would be another with that link. The earliest event of all never waits, so there is always one that can be
 * sent.
 */
export class IdentityOrder {
  /** Unsettled events that may write. */
  private readonly writers: Places = new Map()
  /** Unsettled events that need a link. */
  private readonly linked: Places = new Map()
  private readonly waiting = new Set<Sender>()

  enter(place: Place): void {
    if (place.mayWrite) add(place, this.writers)
    if (place.needsLink) add(place, this.linked)
  }

  /** An earlier event that must be settled first, or undefined. Those in `company` go with it in the same batch. */
  blockerOf(place: Place, company: ReadonlySet<Place>): Place | undefined {
    const writer = earlierIn(this.writers, place, company)
    return writer ?? (place.mayLink ? earlierIn(this.linked, place, company) : undefined)
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
    const known = places.filter(({ mayWrite, needsLink }) => mayWrite || needsLink)
    known.forEach((place) => this.forget(place))
    if (known.length > 0) this.wakeAll()
  }

  /** This queue stopped: nobody waits for its events any more. */
  abandon(sender: Sender): void {
    const places = [this.writers, this.linked].flatMap((map) => [...map.values()].flatMap((set) => [...set]))
    this.leave([...new Set(places)].filter((place) => place.sender === sender))
  }

  private forget(place: Place): void {
    if (place.mayWrite) remove(place, this.writers)
    if (place.needsLink) remove(place, this.linked)
  }
}

function add(place: Place, places: Places): void {
  for (const identity of place.identities) {
    const others = places.get(identity)
    if (others) others.add(place)
    else places.set(identity, new Set([place]))
  }
}

function remove(place: Place, places: Places): void {
  for (const identity of place.identities) {
    const others = places.get(identity)
    others?.delete(place)
    if (others?.size === 0) places.delete(identity)
  }
}

function earlierIn(places: Places, { identities, number }: Place, company: ReadonlySet<Place>): Place | undefined {
  // So it is in a run without events that store data.
  if (places.size === 0) return undefined
  for (const identity of identities) {
    for (const other of places.get(identity) ?? []) {
      if (other.number >= number) break
      if (!company.has(other)) return other
    }
  }
  return undefined
}

/** The ids that say whose an event is, and under which its stored data is kept. */
export function identitiesOf(event: object): string[] {
  const identities: string[] = []
  addId(memberOf(event, 'userId'), identities)
  addId(visitorCodeIn(event), identities)
  addId(memberOf(event, 'anonymousId'), identities)
  return identities
}

function addId(id: unknown, identities: string[]): void {
  const text = textOf(id)?.trim()
  if (text && !isPlaceholder(text) && !identities.includes(text)) identities.push(text)
}

/**
 * The person whose events keep their order: the user id, else the visitor code, else the anonymous id; null for nobody, whose
 * events need no order. By visitor code alone
 * two devices of a user would be two persons, although both write the map of that user.
 */
export function personOf([first]: readonly string[]): string | null {
  return first ?? null
}
