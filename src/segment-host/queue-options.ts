import type { BatchLimits } from './batch'
import type { IdentityOrder, Place } from './identity-order'
import type { Outcome } from './outcome'
import type { RetryPolicy } from './retry-policy'

/** An event in a queue: its size, and what decides about its order. */
export interface QueuedEvent extends Omit<Place, 'sender'> {
  /** Length of the text in bytes of UTF-8. */
  bytes: number
}

/** A pause before events are sent again. */
export interface QueuePause<Event> {
  events: Event[]
  milliseconds: number
  /** Status and reason of the first event that was rejected. */
  reason: string
}

export interface QueueOptions<Event> {
  /** Name of the queue in debug output. */
  name: string
  /** Sends a batch once and resolves to one outcome for each event, in order. Must not reject. */
  send: (events: Event[]) => Promise<Outcome[]>
  limits: BatchLimits
  retry: RetryPolicy
  /** The order that all queues of a destination share. */
  identityOrder: IdentityOrder
  /**
   * `strict`: the events of a person are sent, and sent again where needed, before the next ones of that person leave.
   * `loose`: several batches are under way, and events that pause do not hold up later ones; afterwards they join those
   * that wait by then.
   */
  order: 'strict' | 'loose'
  /** How many batches may be under way at once. Default: 1 in strict order, 4 in loose order. */
  concurrency?: number
  /** How long events gather before a batch that is not full leaves, in milliseconds. Default: until `finish`. */
  gatherMs?: number
  /** Called with the last outcome of an event. */
  onSettled: (event: Event, outcome: Outcome) => void
  /** Called after every attempt, when its events are settled as far as they can be. */
  onSent?: (sent: QueueAttempt) => void
  onPause?: (pause: QueuePause<Event>) => void
  /** Nothing more is sent once it is aborted; waiting events stay unsettled. */
  signal?: AbortSignal
}

/** One attempt of one batch. */
export interface QueueAttempt {
  events: number
  /** 1 for the first time. */
  attempt: number
  milliseconds: number
  /** Events that will be sent again. */
  again: number
}
