import fastifyStatic from '@fastify/static'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { existsSync } from 'fs'
import { join } from 'path'
import { messageOf, UsageError } from '../../segment-host'
import { addPageHeaders, guard } from './access'
import { prepareApi } from './api'
import type { WorkbenchContext } from './context'
import { destinationRoutes } from './destination/destination-routes'
import { eventRoutes } from './events/event-routes'
import { sampleRoutes } from './events/samples'
import { exportRoutes } from './exports/export-routes'
import { runRoutes } from './runs/run-routes'
import { suggestionRoutes } from './events/suggestions'
import { faultRoutes } from './faults'
import { overviewRoutes } from './overview/overview-routes'
import { previewRoutes } from './preview/preview-routes'
import { settingsRoutes } from './settings/settings-routes'
import { stateRoutes } from './state'
import { draftRoutes } from './subscriptions/draft-routes'
import { importRoutes } from './subscriptions/import-routes'
import { subscriptionRoutes } from './subscriptions/subscription-routes'
import { sourceRoutes } from './tracking/tracking-routes'
import { checkRoutes } from './visitors/check-routes'
import { deletionRoutes } from './visitors/deletion-routes'
import { visitorRoutes } from './visitors/visitor-routes'

interface ServerOptions {
  /** The address to listen on. */
  host: string
  /** The folder with the built page. */
  pageFolder: string
}

/** The HTTP server of the workbench, not yet listening: the page, its API and Segment's Tracking API. */
export function createServer(context: WorkbenchContext, { host, pageFolder }: ServerOptions): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    frameworkErrors: rejectAddress,
    routerOptions: { maxParamLength: 2_000 }
  })
  void app.register(
    (scope, _options, done) => {
      sourceRoutes(scope, context)
      done()
    },
    { prefix: '/v1' }
  )
  void app.register((scope) => apiRoutes(scope, context, host), { prefix: '/api' })
  void app.register((scope, _options, done) => {
    addPageHeaders(scope)
    pageRoutes(scope, pageFolder)
    done()
  })
  return app
}

/** Answers addresses that cannot be decoded. They reach no part of the server, so no other error handler sees them. */
function rejectAddress({ message }: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  void reply.code(400).send({ error: { message } })
}

async function apiRoutes(app: FastifyInstance, context: WorkbenchContext, host: string): Promise<void> {
  guard(app, host)
  await prepareApi(app, { version: context.version, secrets: () => context.settings.secrets() })
  const api = app.withTypeProvider<TypeBoxTypeProvider>()
  stateRoutes(api, context)
  overviewRoutes(api, context)
  eventRoutes(api, context)
  sampleRoutes(api, context)
  runRoutes(api, context)
  exportRoutes(api, context)
  previewRoutes(api, context)
  suggestionRoutes(api, context)
  destinationRoutes(api, context)
  settingsRoutes(api, context)
  subscriptionRoutes(api, context)
  importRoutes(api, context)
  draftRoutes(api, context)
  visitorRoutes(api, context)
  checkRoutes(api, context)
  deletionRoutes(api, context)
  faultRoutes(api, context)
}

const NOT_BUILT = 'The page is not built: run "npm run build". The API under /api and /v1 works without it.\n'

/** Serves the built page. The page keeps its place behind a #, so it has only one address. */
function pageRoutes(app: FastifyInstance, folder: string): void {
  if (existsSync(join(folder, 'index.html'))) {
    // One route per file, and none for all paths, so that unknown paths under /api get the API's own answer.
    void app.register(fastifyStatic, { root: folder, cacheControl: false, wildcard: false })
  } else {
    app.get('/', (_request, reply) => reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT))
  }
}

interface ListenOptions {
  host: string
  port: number
  /** Use a free port when `port` is taken. */
  anyPort?: boolean
}

/** Starts listening. Throws a UsageError that says what to do when that fails. */
export async function listen(server: FastifyInstance, { host, port, anyPort }: ListenOptions): Promise<void> {
  try {
    await server.listen({ host, port })
  } catch (error) {
    const { code } = Object(error) as { code?: unknown }
    if (code === 'EADDRINUSE' && anyPort) return listen(server, { host, port: 0 })
    if (code === 'EADDRINUSE')
      throw new UsageError(`Port ${port} is taken. Choose another with --port, or 0 for any free one`)
    throw new UsageError(`Cannot listen on ${host} port ${port}: ${messageOf(error)}`)
  }
}
