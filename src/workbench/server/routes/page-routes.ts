import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { existsSync } from 'fs'
import { join } from 'path'

const NOT_BUILT = 'The page is not built: run "npm run build". The API under /api and /v1 works without it.\n'

/** The built page. It needs no address of its own but this one: it writes where it is behind a #. */
export function pageRoutes(app: FastifyInstance, folder: string): void {
  if (existsSync(join(folder, 'index.html'))) {
    // Routes for the files there are, and not for all paths: what is missing under /api is the API's to tell.
    void app.register(fastifyStatic, { root: folder, cacheControl: false, wildcard: false })
  } else {
    app.get('/', (_request, reply) => reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT))
  }
}
