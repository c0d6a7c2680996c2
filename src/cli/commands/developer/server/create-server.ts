import cors from '@fastify/cors'
import fastify, { type FastifyInstance } from 'fastify'
import { actionRoutes, authenticationRoutes, deletionRoute, mappingRoutes } from './routes'
import type { Service } from './runs'

/** Segment puts no more than this into a batch. */
const BODY_LIMIT = 4 * 1024 * 1024

/** The HTTP server that Segment's Actions Tester talks to, not yet listening. */
export function createServer<Settings>(service: Service<Settings>): FastifyInstance {
  const app = fastify({ bodyLimit: BODY_LIMIT, exposeHeadRoutes: false, forceCloseConnections: true })
  // A browser sends plain text to any address without asking the server first, but not JSON.
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

/** Where Segment serves its Actions Tester. */
export const TESTER_ORIGINS = [
  'https://app.segment.com',
  'https://eu1.app.segment.com',
  'https://app.segment.build',
  'https://eu1.app.segment.build',
  'http://localhost:8000'
]

/**
 * Allows calls from Segment's pages and from no other page. A call without an origin, such as from curl, is allowed.
 */
export function addCors(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    if (origin !== undefined && !TESTER_ORIGINS.includes(origin)) {
      return reply.code(403).send({ statusCode: 403, message: `Pages of ${origin} may not use this server` })
    }
    // The browser asks before a public page calls this machine, and the plugin does not know it.
    // https://wicg.github.io/private-network-access/
    if (request.method === 'OPTIONS') reply.header('access-control-allow-private-network', 'true')
  })
  void app.register(cors, { origin: TESTER_ORIGINS, methods: ['GET', 'POST'], strictPreflight: false })
}
