import type { JSONObject } from '@segment/actions-core'
import { Type } from '@sinclair/typebox'
import { hasOwn } from '../../../segment-host'
import { Destination, DynamicChoices } from '../../contract'
import { failing, RequestError, type ApiServer } from '../api'
import type { CurrentSettings, HostedDefinition, TargetKind } from '../hosted'
import { describeDestination } from './describe-destination'
import { liveChoices } from './live-choices'

interface DestinationSources {
  definition: HostedDefinition
  definitionFor: (target: TargetKind) => HostedDefinition
  settings: CurrentSettings
}

const ChoicesWanted = Type.Object({
  path: Type.String({
    minLength: 1,
    description: 'The field, for example goalId, or customData.__keys__ for the keys of an object'
  }),
  query: Type.Optional(
    Type.String({ description: 'Only choices that contain this in their label or value. Default: all' })
  ),
  page: Type.Optional(Type.String({ description: 'The nextPage of the previous answer. Default: the first page' })),
  mapping: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), { description: 'The mapping in its current state' })
  )
})

/** The description of the destination, and the choices of its dynamic fields. */
export function destinationRoutes(app: ApiServer, sources: DestinationSources): void {
  app.get(
    '/destination',
    {
      schema: {
        summary: 'Settings, actions with their fields, and presets of the definition',
        response: { 200: Type.Ref(Destination) }
      }
    },
    () => describeDestination(sources.definition)
  )

  app.post(
    '/actions/:action/choices',
    {
      schema: {
        summary: 'Choices of a dynamic field, from Kameleoon with the current settings',
        description: 'A failure is described in `error`, also when the field has no dynamic choices.',
        params: Type.Object({ action: Type.String() }),
        body: ChoicesWanted,
        response: { 200: Type.Ref(DynamicChoices), ...failing(400, 404) }
      }
    },
    ({ params: { action }, body }) => {
      const { actions } = sources.definition
      if (!hasOwn(actions, action)) {
        throw new RequestError(
          404,
          `There is no action "${action}"; known actions are ${Object.keys(actions).join(', ')}.`
        )
      }
      const { target } = sources.settings
      // The body was parsed from JSON.
      const wanted = { ...body, mapping: body.mapping as JSONObject | undefined }
      return liveChoices(sources.definitionFor(target), action, sources.settings.current(), wanted)
    }
  )
}
