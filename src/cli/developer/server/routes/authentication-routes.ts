import { Destination } from '@segment/actions-core'
import type { FastifyInstance } from 'fastify'
import { messageOf } from '../../../../workbench/segment-host'
import { bodyOf, objectOr } from '../call-body'
import { redacted } from '../../../../workbench/exchange/redaction'
import { secretsOf } from '../../../../workbench/exchange/secrets-of'
import type { Service } from '../service'
import { faultyFields } from '../told-error'

/** `POST /authenticate` with flat settings, and `POST /refreshAccessToken`. */
export function authenticationRoutes<Settings>(app: FastifyInstance, { definition }: Service<Settings>): void {
  app.post('/authenticate', async (request) => {
    const settings = bodyOf(request)
    try {
      await new Destination(definition).testAuthentication(settings as never)
      return { ok: true }
    } catch (error) {
      return {
        ok: false,
        error: redacted(messageOf(error), secretsOf(definition, settings)),
        fields: faultyFields(error) ?? {}
      }
    }
  })

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
