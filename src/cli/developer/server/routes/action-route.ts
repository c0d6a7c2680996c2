import type { FastifyInstance } from 'fastify'
import { bodyOf } from '../call-body'
import { runAction } from '../run-action'
import type { Service } from '../service'
import { safeError } from '../safe-error'

/** `POST /<action>`: runs the action; answers with what was sent and received, or with the error, and 200 either way. */
export function actionRoutes<Settings>(app: FastifyInstance, { definition, log }: Service<Settings>): void {
  for (const key of Object.keys(definition.actions)) {
    app.post(`/${key}`, async (request) => {
      const body = bodyOf(request)
      try {
        const { exchanges, outcomes } = await runAction(definition, key, body)
        outcomes.forEach(({ status, errormessage }, index) =>
          log(`  event ${index + 1} of the batch: ${status}${errormessage ? ` ${errormessage}` : ''}`)
        )
        return exchanges
      } catch (error) {
        return [safeError(error, definition, body.settings)]
      }
    })
  }
}
