import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fastify from 'fastify'
import { guard } from './access/guard'
import { addPageHeaders } from './access/page-headers'
import { prepareApi } from './api'
import type { WorkbenchContext } from './context'
import { destinationRoutes } from './destination/destination-routes'
import { faultRoutes } from './faults/fault-routes'
import { eventRoutes } from './routes/event-routes'
import { addJsonBodies } from './routes/json-bodies'
import { pageRoutes } from './routes/page-routes'
import { sampleRoutes } from './routes/sample-routes'
import { stateRoutes } from './routes/state-routes'
import { settingsRoutes } from './settings/settings-routes'
import { draftRoutes, subscriptionRoutes } from './subscriptions/subscription-routes'
import { trackingRoutes } from './tracking/tracking-routes'
import { visitorRoutes } from './visitors/visitor-routes'

export interface ServerOptions {
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
  void app.register((scope, _options, done) => {
    trackingRoutes(scope, context)
    done()
  })
  void app.register((scope) => apiRoutes(scope, context, host), { prefix: '/api' })
  void app.register((scope, _options, done) => {
    addPageHeaders(scope)
    pageRoutes(scope, pageFolder)
    done()
  })
  return app
}

/** An address that cannot be read belongs to no part of the server. */
function rejectAddress({ message }: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  void reply.code(400).send({ error: { message } })
}

async function apiRoutes(app: FastifyInstance, context: WorkbenchContext, host: string): Promise<void> {
  guard(app, host)
  addJsonBodies(app)
  await prepareApi(app, { version: context.version, secrets: () => context.settings.secrets() })
  const api = app.withTypeProvider<TypeBoxTypeProvider>()
  stateRoutes(api, context)
  eventRoutes(api, context)
  sampleRoutes(api, context)
  destinationRoutes(api, context)
  settingsRoutes(api, context)
  subscriptionRoutes(api, context)
  draftRoutes(api, context)
  visitorRoutes(api, context)
  faultRoutes(api, context)
}
