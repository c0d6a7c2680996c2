import { Type } from '@sinclair/typebox'
import type { Readable } from 'stream'
import { LineProblem, ManyReplayForecast, Run as RunReport } from '../../contract'
import { failing, RequestError, type ApiServer } from '../api'
import type { Receiver } from '../delivery/receive'
import { requireRoom } from '../events/send-events'
import type { CurrentSubscriptions, TargetKind } from '../hosted'
import { failedEvents, manyReplayForecast } from '../replays/failed-events'
import { receiveFile } from './file-run'
import { receiveReplays } from './replay-run'
import type { Run } from './run'
import type { Runs } from './runs'

const Id = Type.Object({ id: Type.String() })
const List = Type.Object({ q: Type.String({ default: '', description: 'Query of the list; empty for all events' }) })
const NewFile = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 500, description: 'Name of the file, to show' }),
  bytes: Type.Integer({ minimum: 0, description: 'Its size' })
})

/** The content type of a file. A page of another origin cannot send it without asking first. */
export const FILE_TYPE = 'application/octet-stream'

interface RunSources extends Receiver {
  runs: Runs
  subscriptions: CurrentSubscriptions
  settings: { readonly target: TargetKind }
  stream: { sendSoon(): void }
}

/** Sending many events: files, and all failed events of a list. */
export function runRoutes(app: ApiServer, sources: RunSources): void {
  const { runs, events, stream } = sources
  const found = (id: string): Run => {
    const run = runs.get(id)
    if (run) return run
    throw new RequestError(404, 'This file or replay is not known any more.')
  }

  app.get(
    '/runs',
    {
      schema: {
        summary: 'The latest files and replays of many events',
        response: { 200: Type.Array(Type.Ref(RunReport)) }
      }
    },
    () => runs.list()
  )

  app.get(
    '/runs/:id/problems',
    {
      schema: {
        summary: 'The first lines of a file that are no event, or one that Segment would drop',
        params: Id,
        response: { 200: Type.Array(Type.Ref(LineProblem)), ...failing(404) }
      }
    },
    ({ params }) => found(params.id).problems
  )

  app.post(
    '/runs/file',
    {
      schema: {
        summary: 'Begin to send a file of events; its content follows',
        body: NewFile,
        response: { 201: Type.Ref(RunReport), ...failing(400) }
      }
    },
    ({ body: { name, bytes } }, reply) => {
      requireRoom(sources)
      const run = runs.begin({ kind: 'file', title: name, bytes })
      stream.sendSoon()
      void reply.code(201)
      return run.report()
    }
  )

  contentRoute(app, sources, found)

  app.get(
    '/runs/replay',
    {
      schema: {
        summary: 'What a replay of all failed events of a list would send',
        querystring: List,
        response: { 200: Type.Ref(ManyReplayForecast), ...failing(400) }
      }
    },
    ({ query }) => manyReplayForecast(query.q, sources)
  )

  app.post(
    '/runs/replay',
    {
      schema: {
        summary:
          'Send all failed events of a list again, with the same message ids, through the mappings as they are now',
        body: Type.Object({ q: Type.Optional(Type.String({ description: 'Query of the list. Default: all events' })) }),
        response: { 202: Type.Ref(RunReport), ...failing(400) }
      }
    },
    async ({ body: { q = '' } }, reply) => {
      requireRoom(sources)
      const failed = await failedEvents(events, q)
      if (failed.length === 0) throw new RequestError(400, 'No failed event of this list can be sent again.')
      const run = runs.begin({ kind: 'replay', title: replayTitle(failed.length), total: failed.length })
      void receiveReplays(sources, run, failed)
      void reply.code(202)
      return run.report()
    }
  )

  app.delete(
    '/runs/:id',
    {
      schema: {
        summary: 'Stop a file or a replay; events that are received already are still delivered',
        params: Id,
        response: { 200: Type.Ref(RunReport), ...failing(404) }
      }
    },
    ({ params }) => {
      const run = found(params.id)
      run.stop('You cancelled it.')
      stream.sendSoon()
      return run.report()
    }
  )
}

function replayTitle(count: number): string {
  return count === 1 ? 'Replay of 1 failed event' : `Replay of ${count.toLocaleString('en')} failed events`
}

/** The content of a file is read as it comes, so it has a parser of its own, in a scope of its own. */
function contentRoute(app: ApiServer, sources: RunSources, found: (id: string) => Run): void {
  void app.register((scope: ApiServer, _options: unknown, done: () => void) => {
    scope.addContentTypeParser(FILE_TYPE, (_request, payload, parsed) => parsed(null, payload))
    scope.put(
      '/runs/:id/content',
      {
        // Files are longer than other bodies, and are never in memory as a whole.
        bodyLimit: Number.MAX_SAFE_INTEGER,
        schema: {
          summary: 'The content of a file of events, in any form that the command deliver reads',
          consumes: [FILE_TYPE],
          params: Id,
          response: { 200: Type.Ref(RunReport), ...failing(404) }
        }
      },
      async ({ params, body }) => {
        const run = found(params.id)
        const { title } = run.report()
        // The parser above passes the request on; without content there is an empty object.
        const content = body as Readable | object
        await receiveFile(sources, run, title, Symbol.asyncIterator in content ? content : emptyFile())
        return run.report()
      }
    )
    done()
  })
}

async function* emptyFile(): AsyncGenerator<Buffer> {
  // A file without content has no event.
}
