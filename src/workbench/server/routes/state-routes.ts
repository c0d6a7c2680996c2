import { WorkbenchState } from '../../contract'
import type { WorkbenchContext } from '../context'
import type { ApiServer } from './server-types'

/** What the workbench is doing, once and as a stream. */
export function stateRoutes(app: ApiServer, context: WorkbenchContext): void {
  app.get(
    '/state',
    { schema: { summary: 'Where events go, and how many there were', response: { 200: WorkbenchState } } },
    () => context.state()
  )

  const stream = {
    summary: 'Changes as server-sent events',
    description: 'Events summary (EventSummary), state (WorkbenchState), cleared and saved.',
    produces: ['text/event-stream'],
    response: { 200: { type: 'string' } }
  }
  app.get('/stream', { schema: stream }, (_request, reply) => {
    reply.hijack()
    context.stream.add(reply.raw)
  })
}
