import { Type } from '@sinclair/typebox'
import type { Emulator } from '../../../emulator'
import type { CompleteEvent } from '../../../segment-host'
import { EventDetail, EventSummary, Nullable } from '../../contract'
import { readEventQuery, type EventQuery } from '../../contract/event-query'
import { RequestError, type ApiServer } from '../api'
import type { Receiver } from '../delivery/receive'
import { eventDetail } from '../event-log/event-detail'
import type { LiveEvent } from '../event-log/live-event'
import type { LiveStream } from '../live-stream'
import { sendEvents, sendExactly } from './send-events'

const Event = Type.Record(Type.String(), Type.Unknown(), { description: 'A Segment event' })
const Ids = Type.Object({ ids: Type.Array(Type.String()) })
const EventId = Type.Object({ id: Type.String() })
const MOST_EVENTS = 10_000

const Search = Type.String({
  default: '',
  description:
    'Which events: status:, type:, visitor:, goal: (id or name), mapping: (id), after: and before: (time), and words that the event, its reasons, goals, nonces or keys contain. Values with spaces in double quotes'
})

const Query = Type.Object({
  q: Search,
  before: Type.Optional(Type.Integer({ description: 'Only events with a lower number, for paging' })),
  above: Type.Optional(Type.Integer({ description: 'Only events with a higher number' })),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100, description: 'Most events in the answer' })
})

const Neighbours = Type.Object({
  newer: Nullable(Type.String(), 'Id of the next newer event that matches; null when there is none'),
  older: Nullable(Type.String(), 'Id of the next older event that matches; null when there is none')
})

interface EventSources extends Receiver {
  emulator: Pick<Emulator, 'forgetData'>
  stream: Pick<LiveStream, 'cleared'>
}

/** Received events and their details, and sending events from the page. */
export function eventRoutes(app: ApiServer, sources: EventSources): void {
  const { events, definition, emulator, stream } = sources
  const found = (id: string): LiveEvent => {
    const live = events.get(id)
    if (live) return live
    throw new RequestError(404, 'This event is not kept any more. The workbench keeps only the latest events.')
  }

  app.get(
    '/events',
    {
      schema: {
        summary: 'The latest events, newest first',
        querystring: Query,
        response: {
          200: Type.Object({
            events: Type.Array(Type.Ref(EventSummary)),
            total: Type.Integer({ description: 'How many kept events match, ignoring `before` and `limit`' })
          })
        }
      }
    },
    ({ query: { q, ...range } }) => events.list(queryIn(q), range)
  )

  app.get(
    '/events/:id',
    {
      schema: { summary: 'Everything known about an event', params: EventId, response: { 200: Type.Ref(EventDetail) } }
    },
    ({ params }) => eventDetail(found(params.id), definition)
  )

  app.get(
    '/events/:id/neighbours',
    {
      schema: {
        summary: 'The events before and after an event among those that match',
        params: EventId,
        querystring: Type.Object({ q: Search }),
        response: { 200: Neighbours }
      }
    },
    ({ params, query }) => neighboursOf(found(params.id), events, queryIn(query.q))
  )

  app.post(
    '/events',
    {
      schema: {
        summary: 'Send events as a Segment source would',
        body: Type.Union([
          Type.Object({ event: Event }),
          Type.Object({ events: Type.Array(Event, { minItems: 1, maxItems: MOST_EVENTS }) })
        ]),
        response: { 202: Ids }
      }
    },
    ({ body }, reply) => {
      void reply.code(202)
      const { event, events: many = [] }: { event?: CompleteEvent; events?: CompleteEvent[] } = body
      return { ids: sendEvents(sources, event ? [event] : many) }
    }
  )

  app.post(
    '/events/:id/replay',
    {
      schema: {
        summary: 'Send exactly the same event again, with the same messageId',
        params: EventId,
        response: { 202: Ids }
      }
    },
    ({ params }, reply) => {
      void reply.code(202)
      return { ids: [sendExactly(sources, found(params.id))] }
    }
  )

  app.delete(
    '/events',
    {
      schema: {
        summary: 'Delete all events',
        querystring: Type.Object({
          kameleoon: Type.Boolean({ default: false, description: 'Delete everything the emulator stored, too' })
        }),
        response: { 204: Type.Null() }
      }
    },
    ({ query }, reply) => {
      events.clear()
      if (query.kameleoon) emulator.forgetData()
      stream.cleared()
      void reply.code(204)
      return null
    }
  )
}

/** Reads the search of a request. @throws RequestError that says what is wrong with it */
function queryIn(q: string): EventQuery {
  const read = readEventQuery(q)
  if (read.kind === 'query') return read.query
  throw new RequestError(400, read.message, [{ field: 'q', message: read.message }])
}

async function neighboursOf({ number }: LiveEvent, events: Receiver['events'], query: EventQuery) {
  const all = await events.matching(query)
  const older = all.find((event) => event.number < number)
  const newer = all.filter((event) => event.number > number).pop()
  return { newer: newer?.id ?? null, older: older?.id ?? null }
}
