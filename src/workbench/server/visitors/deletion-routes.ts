import { Type } from '@sinclair/typebox'
import { deleteUser } from '../../../segment-host'
import { Deletion, DeletionRequest } from '../../contract'
import { failing, RequestError, type ApiServer } from '../api'
import type { WorkbenchContext } from '../context'

type DeletionSources = Pick<WorkbenchContext, 'definitionFor' | 'settings'>

/** Deletes a user as Segment does, in the current target. */
export function deletionRoutes(app: ApiServer, { definitionFor, settings }: DeletionSources): void {
  app.post(
    '/deletions',
    {
      schema: {
        summary: "Delete a user through the destination, as Segment's delete event does",
        description: 'Answers when it is done. What failed is in the answer; the same deletion can be sent again.',
        body: DeletionRequest,
        response: { 200: Type.Ref(Deletion), ...failing(400) }
      }
    },
    ({ body: { userId, anonymousId } }) => {
      if (!userId?.trim() && !anonymousId?.trim()) {
        throw new RequestError(400, 'Nobody to delete: userId and anonymousId are missing.')
      }
      return deleteUser(definitionFor(settings.target), settings.current(), { userId, anonymousId })
    }
  )
}
