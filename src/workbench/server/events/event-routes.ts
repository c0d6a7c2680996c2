import { Type } from '@sinclair/typebox'
import { EventDetail, EventStatus, EventSummary } from '../../contract'
import type { ApiServer } from '../api'
import { RequestError } from '../api'
import type { WorkbenchContext } from '../context'
import { eventDetail } from '../event-log/event-detail'
import type { LiveEvent } from '../event-log/live-event'
import { sendEvents, sendExactly } from './send-events'

const Event = Type.Record(Type.String(), Type.Unknown(), { description: 'A Segment event' })
const Ids = Type.Object({ ids: Type.Array(Type.String()) })
const EventId = Type.Object({ id: Type.String() })
const MOST_EVENTS = 10_000

const Query = Type.Object({
  search: Type.Optional(Type.String({ description: 'Found anywhere in the event' })),
  status: Type.Optional(EventStatus),
  type: Type.Optional(Type.String()),
  visitor: Type.Optional(Type.String()),
  before: Type.Optional(Type.Integer({ description: 'Only events with a lower number' })),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 })
})

/** The event stream: what came in, each with its way; and sending from the page. */
export function eventRoutes(app: ApiServer, context: WorkbenchContext): void {
  const found = (id: string): LiveEvent => {
    const live = context.events.get(id)
    if (live) return live
    throw new RequestError(404, 'This event is not kept any more: only the last ones are.')
  }

  app.get(
    '/events',
    {
      schema: {
        summary: 'Events that are kept, newest first',
        querystring: Query,
        response: { 200: Type.Object({ events: Type.Array(Type.Ref(EventSummary)), total: Type.Integer() }) }
      }
    },
    ({ query: { limit, ...query } }) => context.events.list(query, limit)
  )

  app.get(
    '/events/:id',
    { schema: { summary: 'Everything known of an event', params: EventId, response: { 200: Type.Ref(EventDetail) } } },
    ({ params }) => eventDetail(found(params.id), context.definition)
  )

  app.post(
    '/events',
    {
      schema: {
        summary: 'Send events, as a source of Segment would',
        body: Type.Union([
          Type.Object({ event: Event }),
          Type.Object({ events: Type.Array(Event, { minItems: 1, maxItems: MOST_EVENTS }) })
        ]),
        response: { 202: Ids }
      }
    },
    ({ body }, reply) => {
      void reply.code(202)
      return { ids: sendEvents(context, 'event' in body ? [body.event] : body.events) }
    }
  )

  app.post(
    '/events/:id/replay',
    { schema: { summary: 'Send exactly the same event again', params: EventId, response: { 202: Ids } } },
    ({ params }, reply) => {
      void reply.code(202)
      return { ids: [sendExactly(context, found(params.id))] }
    }
  )

  app.delete(
    '/events',
    {
      schema: {
        summary: 'Forget all events',
        querystring: Type.Object({
          kameleoon: Type.Boolean({ default: false, description: 'Empty the emulator too' })
        }),
        response: { 204: Type.Null() }
      }
    },
    ({ query }, reply) => {
      context.events.clear()
      if (query.kameleoon) context.emulator.forgetData()
      context.stream.cleared()
      void reply.code(204)
      return null
    }
  )
}
