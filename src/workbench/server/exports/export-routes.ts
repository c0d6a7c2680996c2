import { Type } from '@sinclair/typebox'
import { Readable } from 'stream'
import type { Emulator } from '../../../emulator'
import { StringEnum, Subscription } from '../../contract'
import { failing, RequestError, type ApiServer } from '../api'
import type { EventLog } from '../event-log/event-log'
import { matchingEvents } from '../events/matching'
import type { TargetKind } from '../hosted'
import type { SubscriptionStore } from '../subscriptions/subscription-store'
import { eventSources } from '../visitors/event-sources'
import { TABLES, tableOf } from './tables'

interface ExportSources {
  events: EventLog
  emulator: Pick<Emulator, 'visitors' | 'visitor' | 'maps'>
  settings: { readonly target: TargetKind }
  subscriptions: Pick<SubscriptionStore, 'list'>
}

const Query = Type.Object({ q: Type.String({ default: '', description: 'Query of the list; empty for all events' }) })

/** Files to save: events, mappings, and what Kameleoon knows. */
export function exportRoutes(app: ApiServer, { events, emulator, settings, subscriptions }: ExportSources): void {
  app.get(
    '/exports/events.ndjson',
    {
      schema: {
        summary: 'Events as Segment completes them, one a line, the oldest first, as the command deliver reads them',
        querystring: Query,
        produces: ['application/x-ndjson'],
        response: { 200: { type: 'string' }, ...failing(400) }
      }
    },
    async ({ query }, reply) => {
      const lines = (await matchingEvents(events, query.q)).map(({ arrival }) => `${arrival.text}\n`)
      return reply.headers(fileNamed('events.ndjson', 'application/x-ndjson')).send(Readable.from(lines))
    }
  )

  app.get(
    '/exports/mappings.json',
    {
      schema: {
        summary: 'All mappings, as the command deliver and the import of the page read them',
        produces: ['application/json'],
        response: { 200: Type.Array(Type.Ref(Subscription)) }
      }
    },
    (_request, reply) => {
      void reply.headers(fileNamed('kameleoon-mappings.json', 'application/json; charset=utf-8'))
      void reply.serializer((list) => `${JSON.stringify(list, null, 2)}\n`)
      return subscriptions.list()
    }
  )

  app.get(
    '/exports/kameleoon/:table',
    {
      schema: {
        summary: 'What the emulator knows, as CSV in UTF-8',
        params: Type.Object({ table: StringEnum([...TABLES]) }),
        produces: ['text/csv'],
        response: { 200: { type: 'string' }, ...failing(400, 409) }
      }
    },
    ({ params: { table } }, reply) => {
      if (settings.target === 'real') {
        throw new RequestError(
          409,
          'Only what the emulator knows can be saved, and events go to the real Kameleoon now.'
        )
      }
      const text = tableOf(table, { emulator, sources: eventSources(events) })
      return reply.headers(fileNamed(`kameleoon-${table}.csv`, 'text/csv; charset=utf-8')).send(Readable.from([text]))
    }
  )
}

function fileNamed(name: string, type: string): Record<string, string> {
  return { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` }
}
