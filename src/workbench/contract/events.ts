import { Type, type Static } from '@sinclair/typebox'
import { Nullable, StringEnum } from './schema'

/** Where an event came in: over Segment's Tracking API, from the page, or from the examples of the package. */
export const EventOrigin = StringEnum(['tracking-api', 'page', 'replay', 'sample', 'example'])

/**
 * What became of an event over all mappings. `waiting`: not settled yet; `retrying`: an attempt failed and another
 * follows; `delivered`: at least one mapping delivered it and none rejected it; `filtered`: no mapping took it, or the
 * destination left it out on purpose; `rejected`: a mapping rejected it for good.
 */
export const EventStatus = StringEnum(['waiting', 'retrying', 'delivered', 'filtered', 'rejected'])

/** One row of the event stream. */
export const EventSummary = Type.Object(
  {
    id: Type.String({ description: 'Identifier within this workbench' }),
    number: Type.Integer({ description: 'Counted from 1 in the order of arrival' }),
    receivedAt: Type.String({ format: 'date-time' }),
    origin: EventOrigin,
    type: Type.String({ description: 'track, page, screen, identify, group or another call of Segment' }),
    name: Nullable(Type.String(), 'Event name of a track call, name of a page or screen, group id of a group call'),
    visitorCode: Nullable(Type.String(), 'The Kameleoon visitor the event belongs to, as far as the event tells'),
    messageId: Nullable(Type.String()),
    status: EventStatus,
    reason: Nullable(Type.String(), 'Why it was filtered, rejected or is sent again'),
    attempts: Type.Integer({ description: 'The most attempts any mapping made' }),
    discarded: Type.Integer({ description: 'Visit events that Kameleoon accepted and would not keep' })
  },
  { $id: 'EventSummary' }
)

/** What Kameleoon did with one thing a request told it, known from the emulator only. */
export const PartResult = Type.Object(
  {
    what: Type.String({ description: 'CONVERSION, PAGE, CUSTOMDATA, … or a stored map' }),
    key: Type.String({ description: 'Nonce of the visit event or key of the map' }),
    visitorCode: Nullable(Type.String()),
    kind: StringEnum(['kept', 'duplicate', 'discarded', 'not-taken']),
    reason: Nullable(Type.String()),
    value: Type.Unknown({ description: 'What was kept or rejected, as Kameleoon knows it' })
  },
  { $id: 'PartResult' }
)

/** One request to Kameleoon and its answer, without secrets. */
export const Exchange = Type.Object(
  {
    id: Type.String(),
    at: Type.String({ format: 'date-time' }),
    milliseconds: Type.Number(),
    sharedBy: Type.Integer({ description: 'How many events of the batch this request was made for' }),
    request: Type.Object({
      method: Type.String(),
      url: Type.String(),
      headers: Type.Record(Type.String(), Type.String()),
      body: Nullable(Type.String(), 'As sent, without secrets'),
      curl: Type.String({ description: 'The request as a curl command, the token hidden' })
    }),
    response: Nullable(
      Type.Object({
        status: Type.Integer(),
        headers: Type.Record(Type.String(), Type.String()),
        body: Nullable(Type.String())
      }),
      'None when the connection broke'
    ),
    error: Nullable(Type.String(), 'Why there is no answer'),
    results: Type.Array(Type.Ref(PartResult), {
      description: 'What Kameleoon did with the parts of this request that are of this event'
    })
  },
  { $id: 'Exchange' }
)

/** One time a mapping handed the event to the destination. */
export const Attempt = Type.Object(
  {
    number: Type.Integer({ description: 'Counted from 1' }),
    at: Type.String({ format: 'date-time' }),
    batchSize: Type.Integer({ description: 'How many events went along' }),
    status: Type.Integer({ description: 'Status of the outcome, as Segment shows it' }),
    outcome: StringEnum(['delivered', 'filtered', 'rejected', 'retryable']),
    reason: Nullable(Type.String()),
    nextAttemptAt: Nullable(Type.String({ format: 'date-time' }), 'When it is sent again; none when this was the last'),
    exchanges: Type.Array(Type.Ref(Exchange))
  },
  { $id: 'Attempt' }
)

/** The way of an event through one mapping. */
export const Delivery = Type.Object(
  {
    subscriptionId: Type.String(),
    subscriptionName: Type.String(),
    partnerAction: Type.String(),
    subscribe: Type.String(),
    matched: Type.Boolean(),
    whyNot: Nullable(
      Type.String(),
      'Why the mapping did not take the event: disabled, or which part of its filter failed'
    ),
    payload: Type.Unknown({ description: 'What the mapping made of the event, null where it did not match' }),
    status: EventStatus,
    attempts: Type.Array(Type.Ref(Attempt))
  },
  { $id: 'Delivery' }
)

/** Everything that is known of an event. */
export const EventDetail = Type.Object(
  {
    summary: Type.Ref(EventSummary),
    event: Type.Record(Type.String(), Type.Unknown(), {
      description: 'The event as received, completed as Segment does'
    }),
    deliveries: Type.Array(Type.Ref(Delivery))
  },
  { $id: 'EventDetail' }
)

export type EventOrigin = Static<typeof EventOrigin>
export type EventStatus = Static<typeof EventStatus>
export type EventSummary = Static<typeof EventSummary>
export type PartResult = Static<typeof PartResult>
export type Exchange = Omit<Static<typeof Exchange>, 'results'> & { results: PartResult[] }
export type Attempt = Omit<Static<typeof Attempt>, 'exchanges'> & { exchanges: Exchange[] }
export type Delivery = Omit<Static<typeof Delivery>, 'attempts'> & { attempts: Attempt[] }
export type EventDetail = Omit<Static<typeof EventDetail>, 'summary' | 'deliveries'> & {
  summary: EventSummary
  deliveries: Delivery[]
}
