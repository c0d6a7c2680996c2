import type { FastifyInstance } from 'fastify'

/** Tracking calls come from web pages of any origin; what lets them in is the write key. */
export function addCors(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('access-control-allow-origin', '*')
    const asked = request.headers['access-control-request-headers']
    if (request.method === 'OPTIONS') {
      void reply.headers({
        'access-control-allow-methods': 'GET, POST, OPTIONS',
        'access-control-allow-headers': asked ?? 'authorization, content-type',
        // Browsers ask this before a page of the internet may reach this machine.
        'access-control-allow-private-network': 'true',
        'access-control-max-age': '600'
      })
    }
    done()
  })
  app.options('/v1/*', (_request, reply) => reply.code(204).send())
}
