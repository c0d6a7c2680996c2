import fastify, { type FastifyInstance } from 'fastify'
import { addAnswers } from './answers'
import { admitToAutomation, admitToData } from './gate'
import { automationRoutes } from './routes/automation'
import { controlRoutes } from './routes/control'
import { forgetRoute } from './routes/forget'
import { mapRoutes } from './routes/maps'
import { oauthRoutes } from './routes/oauth'
import { sdkConfigurationRoute } from './routes/sdk-configuration'
import { visitEventsRoute } from './routes/visit-events'
import { visitorRoute } from './routes/visitor'
import type { State } from './state'

/** Far above every documented limit, so that the limits themselves are checked where they belong. */
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
  noteSenders(app, state)
  addAnswers(app, state)
  oauthRoutes(app, state)
  sdkConfigurationRoute(app, state)
  controlRoutes(app, state)
  void app.register((scope, _options, done) => {
    scope.addHook('preHandler', (request, _reply, next) => next(attempt(() => admitToData(state, request))))
    visitEventsRoute(scope, state)
    visitorRoute(scope, state)
    forgetRoute(scope, state)
    mapRoutes(scope, state)
    done()
  })
  void app.register((scope, _options, done) => {
    scope.addHook('preHandler', (request, _reply, next) => next(attempt(() => admitToAutomation(state, request))))
    automationRoutes(scope, state)
    done()
  })
  return app
}

/** The port is read when the connection begins, since a closed connection has none. */
function noteSenders(app: FastifyInstance, { options: { senderOf }, senders }: State): void {
  if (!senderOf) return
  app.server.on('connection', (socket) => void socket.remotePort)
  app.addHook('onRequest', ({ raw }, _reply, next) => {
    if (raw.socket.remotePort !== undefined) senders.set(raw, senderOf(raw.socket.remotePort))
    next()
  })
}

/** Runs a check and returns what it threw. */
function attempt(check: () => void): Error | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
