import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { addRequestHooks } from './request-hooks'
import { guardOtherOrigins } from './other-origins'
import { requireAutomationAccess, requireDataAccess } from './auth'
import { noteUnusedParameters } from './request-notes'
import { automationRoutes } from './routes/automation'
import { controlRoutes } from './routes/control'
import { forgetRoute, visitorRoute } from './routes/visitor'
import { mapRoutes } from './routes/maps'
import { oauthRoutes } from './routes/oauth'
import { sdkConfigurationRoute } from './routes/sdk-configuration'
import { visitEventsRoute } from './routes/visit-events'
import type { State } from './state'

/** In bytes. Far above every documented limit, since the routes check those limits themselves. */
const BODY_LIMIT = 64_000_000

/** The HTTP server over the emulator's state, not yet listening. */
export function createServer(state: State): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: {
      maxParamLength: 2_000,
      querystringParser: (text) => Object.fromEntries(new URLSearchParams(text))
    }
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  guardOtherOrigins(app)
  noteSenders(app, state)
  addRequestHooks(app, state)
  const noteParameters = (request: FastifyRequest, _reply: unknown, next: () => void): void => {
    noteUnusedParameters(state, request)
    next()
  }
  oauthRoutes(app, state)
  sdkConfigurationRoute(app, state)
  controlRoutes(app, state)
  void app.register((scope, _options, done) => {
    scope.addHook('preHandler', noteParameters)
    scope.addHook('preHandler', (request, _reply, next) => next(errorOf(() => requireDataAccess(state, request))))
    visitEventsRoute(scope, state)
    visitorRoute(scope, state)
    forgetRoute(scope, state)
    mapRoutes(scope, state)
    done()
  })
  void app.register((scope, _options, done) => {
    scope.addHook('preHandler', noteParameters)
    scope.addHook('preHandler', (request, _reply, next) => next(errorOf(() => requireAutomationAccess(state, request))))
    automationRoutes(scope, state)
    done()
  })
  return app
}

/** Stores the result of the option `senderOf` for each request. */
function noteSenders(app: FastifyInstance, { options: { senderOf }, senders }: State): void {
  if (!senderOf) return
  // The port is read when the connection begins, since a closed connection has none.
  app.server.on('connection', (socket) => void socket.remotePort)
  app.addHook('onRequest', ({ raw }, _reply, next) => {
    if (raw.socket.remotePort !== undefined) senders.set(raw, senderOf(raw.socket.remotePort))
    next()
  })
}

/** Runs a check and returns the error that it threw, if any. */
function errorOf(check: () => void): Error | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
