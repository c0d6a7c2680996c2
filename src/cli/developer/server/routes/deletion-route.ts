import type { FastifyInstance } from 'fastify'
import { bodyOf } from '../call-body'
import { runDeletion } from '../run-deletion'
import { safeError } from '../safe-error'
import type { Service } from '../service'

/** `POST /delete`, where the destination can delete. */
export function deletionRoute<Settings>(app: FastifyInstance, { definition }: Service<Settings>): void {
  if (!definition.onDelete) return
  app.post('/delete', async (request) => {
    const body = bodyOf(request)
    try {
      return await runDeletion(definition, body)
    } catch (error) {
      return [safeError(error, definition, body.settings)]
    }
  })
}
