import type { FastifyInstance } from 'fastify'

/** Where Segment serves its Actions Tester. */
export const TESTER_ORIGINS = [
  'https://app.segment.com',
  'https://eu1.app.segment.com',
  'https://app.segment.build',
  'https://eu1.app.segment.build',
  'http://localhost:8000'
]

/**
 * Lets Segment's pages call this server, and no other page. A call without an origin, as of curl, is no page's.
 */
export function addCors(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    if (origin === undefined) return
    if (!TESTER_ORIGINS.includes(origin)) {
      return reply.code(403).send({ statusCode: 403, message: `Pages of ${origin} may not use this server` })
    }
    reply.headers({ 'access-control-allow-origin': origin, vary: 'Origin' })
    if (request.method !== 'OPTIONS') return
    return reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'GET,POST',
        'access-control-allow-headers': request.headers['access-control-request-headers'] ?? 'content-type',
        // A public page asks before it calls this machine. https://wicg.github.io/private-network-access/
        'access-control-allow-private-network': 'true'
      })
      .send()
  })
  app.options('*', async (_request, reply) => reply.code(204).send())
}
