import { Type } from '@sinclair/typebox'
import { checkVisitor } from '../../../visitor-check'
import { VisitorCheck } from '../../contract'
import { failing, type ApiServer } from '../api'
import type { WorkbenchContext } from '../context'
import { sentToVisitor } from './sent-to-visitor'

type CheckSources = Pick<WorkbenchContext, 'definitionFor' | 'settings' | 'events' | 'clock'>

/** Was it counted? Asks the current target, the real Kameleoon too. */
export function checkRoutes(app: ApiServer, { definitionFor, settings, events, clock }: CheckSources): void {
  app.get(
    '/visitors/:code/check',
    {
      schema: {
        summary: 'What Kameleoon has about a visitor, beside what was sent for it from here',
        params: Type.Object({ code: Type.String({ description: 'Visitor code' }) }),
        response: { 200: Type.Ref(VisitorCheck), ...failing(400) }
      }
    },
    ({ params: { code } }) =>
      checkVisitor({
        ...{ definition: definitionFor(settings.target), settings: settings.current(), visitorCode: code },
        ...{ sent: sentToVisitor(events, code), now: clock() }
      })
  )
}
