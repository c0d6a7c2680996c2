import { Destination } from '@segment/actions-core'
import type { FastifyInstance } from 'fastify'
import { messageOf, testConnection } from '../../../../segment-host'
import { bodyOf, objectOr } from '../call-body'
import type { Service } from '../service'

/** `POST /authenticate` with flat settings, and `POST /refreshAccessToken`. */
export function authenticationRoutes<Settings>(app: FastifyInstance, { definition }: Service<Settings>): void {
  app.post('/authenticate', async (request) => testConnection(definition, bodyOf(request)))

  app.post('/refreshAccessToken', async (request, reply) => {
    const { settings, ...auth } = bodyOf(request)
    try {
      const destination = new Destination(definition)
      const data = await destination.refreshAccessToken(objectOr(settings, {}) as Settings, auth as never)
      return { ok: true, data }
    } catch (error) {
      return reply.code(400).send({ ok: false, error: messageOf(error) })
    }
  })
}
