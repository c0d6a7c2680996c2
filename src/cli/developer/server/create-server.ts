import fastify, { type FastifyInstance } from 'fastify'
import { addCors } from './cors'
import { actionRoutes } from './routes/action-route'
import { authenticationRoutes } from './routes/authentication-routes'
import { deletionRoute } from './routes/deletion-route'
import { mappingRoutes } from './routes/mapping-routes'
import type { Service } from './service'

/** Segment puts no more than this into a batch. */
const BODY_LIMIT = 4 * 1024 * 1024

/** The HTTP server that Segment's Actions Tester talks to, not yet listening. */
export function createServer<Settings>(service: Service<Settings>): FastifyInstance {
  const app = fastify({ bodyLimit: BODY_LIMIT, exposeHeadRoutes: false, forceCloseConnections: true })
  // A page can send plain text anywhere without asking; JSON it can not.
  app.removeContentTypeParser('text/plain')
  addCors(app)
  app.addHook('onResponse', ({ method, url }, { statusCode, elapsedTime }, done) => {
    service.log(`${statusCode} ${method} ${url} ${Math.round(elapsedTime)} ms`)
    done()
  })
  app.get('/manifest', () => ({ ...service.definition, directoryName: service.directoryName }))
  deletionRoute(app, service)
  authenticationRoutes(app, service)
  actionRoutes(app, service)
  mappingRoutes(app, service)
  return app
}
