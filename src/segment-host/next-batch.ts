import type { BatchLimits } from './batch'
import type { IdentityOrder, Place } from './identity-order'

/** An event that waits in a queue. */
export interface Waiting extends Place {
  readonly event: { bytes: number }
}

/** Which events can leave together, and which have to stay. */
export interface Choice<Entry> {
  chosen: Set<Entry>
  /** Whether no further event would fit. */
  isFull: boolean
  /**
   * Events that have to stay, each with the one that must be settled first; null where that one stays as well, or is in a
   * batch of the same queue.
   */
  blocked: { entry: Entry; blocker: Place | null }[]
}

/** No batch looks further ahead than this many batches, so that a long queue of blocked events costs little time. */
const BATCHES_AHEAD = 4

/**
 * Chooses the next batch. Events that must wait for another are passed over, together with all later ones of the same
 * identity, so that the events of an identity keep their order.
 * @param isUnderWay whether events of this person are under way in the same queue
 */
export function chooseBatch<Entry extends Waiting>(
  waiting: readonly Entry[],
  limits: BatchLimits,
  order: IdentityOrder,
  isUnderWay: (person: string) => boolean
): Choice<Entry> {
  const choice: Choice<Entry> = { chosen: new Set(), isFull: false, blocked: [] }
  const staying = new Set<string>()
  let bytes = 0
  for (const entry of waiting.slice(0, limits.events * BATCHES_AHEAD)) {
    const { identities } = entry
    const isBehind =
      (entry.person !== null && isUnderWay(entry.person)) ||
      (staying.size > 0 && identities.some((one) => staying.has(one)))
    const blocker = isBehind ? null : order.blockerOf(entry, choice.chosen)
    if (blocker !== undefined) {
      identities.forEach((identity) => staying.add(identity))
      choice.blocked.push({ entry, blocker })
      continue
    }
    bytes += entry.event.bytes
    choice.isFull = choice.chosen.size > 0 && bytes > limits.bytes
    if (choice.isFull) break
    choice.chosen.add(entry)
    choice.isFull = choice.chosen.size === limits.events
    if (choice.isFull) break
  }
  return choice
}
