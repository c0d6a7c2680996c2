import { Type } from '@sinclair/typebox'
import { Nullable, WorkbenchState } from '../../contract'
import type { ApiServer } from '../api'
import type { WorkbenchContext } from '../context'

const Instance = Type.Object({
  instance: Type.String({ description: 'Random, and another one after each start' })
})

const Workbench = Type.Object({
  pid: Type.Integer({ description: 'Number of its process' }),
  machine: Type.String({ description: 'Name of its machine' }),
  address: Nullable(Type.String(), 'Where it listens; null while it starts'),
  since: Type.String({ format: 'date-time', description: 'When it started' })
})

/** Which of several workbenches on one data folder may change it. */
export function dataFolderRoutes(
  app: ApiServer,
  { dataFolder, state }: Pick<WorkbenchContext, 'dataFolder' | 'state'>
): void {
  app.get(
    '/data-folder',
    {
      schema: {
        summary: 'By this, another workbench on the folder finds that this one runs',
        response: { 200: Instance }
      }
    },
    () => ({ instance: dataFolder.instance })
  )

  app.post(
    '/data-folder/take-over',
    {
      schema: {
        summary: 'Let this workbench change mappings and settings, and no longer the other one on the same data folder',
        response: { 200: Type.Ref(WorkbenchState) }
      }
    },
    async () => {
      await dataFolder.takeOver()
      return state()
    }
  )

  app.post(
    '/data-folder/give-up',
    {
      schema: {
        summary: 'Leave mappings and settings to another workbench on the same data folder',
        body: Workbench,
        response: { 204: Type.Null() }
      }
    },
    async ({ body }, reply) => {
      await dataFolder.giveUp(body)
      return reply.code(204).send(null)
    }
  )
}
