import type { JSONObject } from '@segment/actions-core'
import { Type } from '@sinclair/typebox'
import { hasOwn } from '../../../segment-host'
import { Destination, DynamicChoices } from '../../contract'
import { type ApiServer, failing } from '../api'
import { RequestError } from '../api'
import type { WorkbenchContext } from '../context'
import { describeDestination } from './describe-destination'
import { liveChoices } from './live-choices'

type Context = Pick<WorkbenchContext, 'definition' | 'definitionFor' | 'settings'>

const ChoicesWanted = Type.Object({
  path: Type.String({ minLength: 1, description: 'As in goalId, or customData.__keys__ for the keys of an object' }),
  query: Type.Optional(Type.String({ description: 'Only choices with this in their name or value' })),
  page: Type.Optional(Type.String({ description: 'The nextPage of the answer before' })),
  mapping: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'The mapping as it is by now' }))
})

/** The destination as its definition describes it, and the choices it knows only while it runs. */
export function destinationRoutes(app: ApiServer, context: Context): void {
  app.get(
    '/destination',
    {
      schema: {
        summary: 'Settings, actions with their fields, and presets, as the definition has them',
        response: { 200: Type.Ref(Destination) }
      }
    },
    () => describeDestination(context.definition)
  )

  app.post(
    '/actions/:action/choices',
    {
      schema: {
        summary: 'Choices of a live dropdown, asked of Kameleoon with the present settings',
        description: 'What went wrong is told in `error`, in words; a field without live choices is one such case.',
        params: Type.Object({ action: Type.String() }),
        body: ChoicesWanted,
        response: { 200: Type.Ref(DynamicChoices), ...failing(400, 404) }
      }
    },
    ({ params: { action }, body }) => {
      const { actions } = context.definition
      if (!hasOwn(actions, action)) {
        throw new RequestError(404, `There is no action "${action}"; there are ${Object.keys(actions).join(', ')}.`)
      }
      const { target } = context.settings
      // What came as JSON is JSON.
      const wanted = { ...body, mapping: body.mapping as JSONObject | undefined }
      return liveChoices(context.definitionFor(target), action, context.settings.current(), wanted)
    }
  )
}
