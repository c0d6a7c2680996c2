import { Type } from '@sinclair/typebox'
import { Sample } from '../../contract'
import type { WorkbenchContext } from '../context'
import { Rejection } from '../rejection'
import { SAMPLES } from '../samples/samples'
import { sendEvents } from './send-events'
import type { ApiServer } from './server-types'

/** Events to try things with. */
export function sampleRoutes(app: ApiServer, context: WorkbenchContext): void {
  app.get(
    '/samples',
    { schema: { summary: 'Events to try things with', response: { 200: Type.Array(Sample) } } },
    () => SAMPLES
  )

  app.post(
    '/samples/:id',
    {
      schema: {
        summary: 'Send a sample, each time as a new event',
        params: Type.Object({ id: Type.String() }),
        response: { 202: Type.Object({ ids: Type.Array(Type.String()) }) }
      }
    },
    ({ params }, reply) => {
      const sample = SAMPLES.find(({ id }) => id === params.id)
      if (!sample) throw new Rejection(404, `There is no sample "${params.id}".`)
      void reply.code(202)
      return { ids: sendEvents(context, [sample.event], 'sample') }
    }
  )
}
