import { Type, type Static } from '@sinclair/typebox'
import { DateTime, Nullable, StringEnum } from './schema'
// Types only, and not through the index of the destination: that needs Node, which the page does not have.
import type { EventType, Parameters } from '../../destinations/kameleoon/kameleoon-api/wire'

/** How an event was received. */
export const EventOrigin = StringEnum(
  ['tracking-api', 'page', 'replay', 'sample', 'example'],
  "tracking-api: Segment's Tracking API; page: written on the page; replay: sent again; sample: a sample event; example: the examples of the package"
)

/** The state of an event over all mappings. */
export const EventStatus = StringEnum(
  ['waiting', 'retrying', 'delivered', 'filtered', 'rejected'],
  'waiting: not settled; retrying: an attempt failed and another follows; delivered: by at least one mapping, and rejected by none; filtered: no mapping took it, or the destination filtered it on purpose; rejected: by the source, or by a mapping for good'
)

/** What Kameleoon did with one part of an event, as short as the list shows it. */
export const ShortResult = Type.Object(
  {
    kind: StringEnum(
      ['kept', 'duplicate', 'discarded', 'not-taken', 'sent'],
      'kept: stored; duplicate: its nonce was known; discarded: accepted but not stored; not-taken: no request with it was accepted; sent: accepted by the real Kameleoon, which does not say what it stored'
    ),
    what: Type.String({ description: 'CONVERSION, PAGE, CUSTOMDATA or another event type, or map' }),
    goalId: Nullable(Type.Integer(), 'Of a conversion'),
    goalName: Nullable(Type.String(), 'Of a conversion; null when the goal is unknown, and with the real Kameleoon'),
    amount: Nullable(
      Type.Number(),
      'Of a conversion, negative when it takes an earlier one back; null when none was sent'
    ),
    currency: Nullable(Type.String(), 'The currency that the event names for the amount; Kameleoon receives none'),
    text: Nullable(
      Type.String(),
      'Title or address of a page, index and values of custom data, key of a map; shortened. Null otherwise'
    )
  },
  { $id: 'ShortResult' }
)

/** An event in the list of events. */
export const EventSummary = Type.Object(
  {
    id: Type.String({ description: 'Id within this workbench' }),
    number: Type.Integer({ description: 'Number in the order of arrival, from 1' }),
    receivedAt: DateTime('When the workbench received it'),
    origin: EventOrigin,
    type: Type.String({ description: 'track, page, screen, identify, group or another call of Segment' }),
    name: Nullable(Type.String(), 'Event name of a track call, name of a page or screen, group id of a group call'),
    visitorCode: Nullable(
      Type.String(),
      'The Kameleoon visitor code of the event, else its userId; null when it has neither'
    ),
    messageId: Nullable(Type.String(), 'The messageId of the event, given by Segment if the source sent none'),
    status: EventStatus,
    reason: Nullable(
      Type.String(),
      'Why it was filtered or rejected, or is sent again; what is to know of one that was delivered; null otherwise'
    ),
    attempts: Type.Integer({ description: 'Number of attempts of the mapping with the most attempts' }),
    nextAttemptAt: Nullable(
      Type.String({ format: 'date-time' }),
      'While it is retrying: when the earliest next attempt begins or began; null otherwise'
    ),
    results: Type.Array(Type.Ref(ShortResult), {
      description: 'What Kameleoon did with it: conversions first, then what was discarded, at most five'
    }),
    moreResults: Type.Integer({ description: 'How many more there are than those in `results`' }),
    discarded: Type.Integer({
      description: 'How many of its visit events and stored maps Kameleoon accepted but did not keep'
    })
  },
  { $id: 'EventSummary' }
)

/** What Kameleoon did with one visit event or stored map of a request. Known from the emulator only. */
export const PartResult = Type.Object(
  {
    what: Type.String({ description: 'CONVERSION, PAGE, CUSTOMDATA or another event type, or map' }),
    key: Type.String({ description: 'Nonce of the visit event, or key of the map' }),
    visitorCode: Nullable(Type.String(), 'Visitor code of the visit event; null for maps'),
    kind: StringEnum(
      ['kept', 'duplicate', 'discarded', 'not-taken'],
      'kept: stored; duplicate: its nonce was known; discarded: accepted but not stored; not-taken: the request failed'
    ),
    reason: Nullable(Type.String(), 'Why it was not stored'),
    value: Type.Unknown({ description: 'What was stored or discarded; null when the request failed' })
  },
  { $id: 'PartResult' }
)

/** One request to Kameleoon and its answer, with secrets removed. */
export const Exchange = Type.Object(
  {
    id: Type.String({ description: 'Id within this workbench' }),
    at: DateTime('When it was sent'),
    milliseconds: Type.Number({ description: 'Time until the answer or the failure' }),
    sharedBy: Type.Integer({ description: 'How many events of the batch this request was made for' }),
    request: Type.Object({
      method: Type.String(),
      url: Type.String(),
      headers: Type.Record(Type.String(), Type.String()),
      body: Nullable(Type.String(), 'As sent, with secrets removed'),
      curl: Type.String({ description: 'The request as a curl command, with the token replaced by a variable' })
    }),
    response: Nullable(
      Type.Object({
        status: Type.Integer(),
        headers: Type.Record(Type.String(), Type.String()),
        body: Nullable(Type.String())
      }),
      'Null when there is no answer'
    ),
    error: Nullable(Type.String(), 'Why there is no answer; null when there is one'),
    results: Type.Array(Type.Ref(PartResult), {
      description: 'What Kameleoon did with the visit events and maps of this event'
    })
  },
  { $id: 'Exchange' }
)

/** One attempt of a mapping to deliver the event. */
export const Attempt = Type.Object(
  {
    number: Type.Integer({ description: 'Number of the attempt, from 1' }),
    at: DateTime('When the batch was sent'),
    batchSize: Type.Integer({ description: 'Number of events in the batch' }),
    status: Type.Integer({ description: 'HTTP status of the outcome, as Segment shows it' }),
    outcome: StringEnum(
      ['delivered', 'filtered', 'rejected', 'retryable'],
      'retryable: rejected with a status that Segment sends again'
    ),
    reason: Nullable(Type.String(), 'Why it was not delivered, or what is to know if it was; null otherwise'),
    nextAttemptAt: Nullable(Type.String({ format: 'date-time' }), 'When it is sent again; null after the last attempt'),
    exchanges: Type.Array(Type.Ref(Exchange))
  },
  { $id: 'Attempt' }
)

/** The delivery of an event by one mapping. */
export const Delivery = Type.Object(
  {
    subscriptionId: Type.String({ description: 'Id of the mapping' }),
    subscriptionName: Type.String({ description: 'Name of the mapping when the event arrived' }),
    partnerAction: Type.String({ description: 'Key of the action' }),
    subscribe: Type.String({ description: 'Filter of the mapping when the event arrived' }),
    matched: Type.Boolean({ description: 'Whether the mapping took the event' }),
    whyNot: Nullable(Type.String(), 'Why the mapping did not take the event; null when it did'),
    payload: Type.Unknown({ description: 'What the mapping made of the event; null when it did not take it' }),
    status: EventStatus,
    attempts: Type.Array(Type.Ref(Attempt))
  },
  { $id: 'Delivery' }
)

/** Everything known about an event. */
export const EventDetail = Type.Object(
  {
    summary: Type.Ref(EventSummary),
    event: Type.Record(Type.String(), Type.Unknown(), {
      description: 'The event as Segment completes it'
    }),
    deliveries: Type.Array(Type.Ref(Delivery), {
      description: 'One for each mapping that existed when the event arrived'
    })
  },
  { $id: 'EventDetail' }
)

export type EventOrigin = Static<typeof EventOrigin>
export type EventStatus = Static<typeof EventStatus>
export type ShortResult = Static<typeof ShortResult>
export type EventSummary = Omit<Static<typeof EventSummary>, 'results'> & { results: ShortResult[] }
export type PartResult = Static<typeof PartResult>

/**
 * The fields of a visit event in the `value` of a result, by the names that the destination sends. Their values are whatever
 * was sent.
 */
export type EventFields<Type extends EventType> = { [Name in keyof Parameters<Type>]?: unknown }

export type Exchange = Omit<Static<typeof Exchange>, 'results'> & { results: PartResult[] }
export type Attempt = Omit<Static<typeof Attempt>, 'exchanges'> & { exchanges: Exchange[] }
export type Delivery = Omit<Static<typeof Delivery>, 'attempts'> & { attempts: Attempt[] }
export type EventDetail = Omit<Static<typeof EventDetail>, 'summary' | 'deliveries'> & {
  summary: EventSummary
  deliveries: Delivery[]
}
