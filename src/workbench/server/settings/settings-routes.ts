import { Type } from '@sinclair/typebox'
import { testConnection } from '../../../segment-host'
import { ConnectionTest, Settings, SettingsChange } from '../../contract'
import { StringEnum } from '../../contract/schema'
import { type ApiServer, failing } from '../api'
import { RequestError } from '../api'
import type { WorkbenchContext } from '../context'
import { TARGETS } from './setting-values'

type Context = Pick<WorkbenchContext, 'definitionFor' | 'settings'>

/** The framework puts this, and a status, before what the destination says. */
const FRAMEWORK_PREFIX = /^Credentials are invalid: \d* ?/

/** Settings of the destination. Whatever goes out of here is without secrets. */
export function settingsRoutes(app: ApiServer, { definitionFor, settings }: Context): void {
  app.get(
    '/settings',
    {
      schema: {
        summary: 'Settings of the present target, or of the one that is asked for, without secrets',
        querystring: Type.Object({ target: Type.Optional(StringEnum([...TARGETS])) }),
        response: { 200: Type.Ref(Settings), ...failing(400) }
      }
    },
    ({ query }) => settings.shown(query.target)
  )

  app.put(
    '/settings',
    {
      schema: {
        summary: 'Change settings, or the target',
        description: 'A password filtered stays, another setting filtered is emptied. The target stays unless named.',
        body: SettingsChange,
        response: { 200: Type.Ref(Settings), ...failing(400) }
      }
    },
    async ({ body }) => {
      const problems = settings.problemsOf(body)
      if (problems.length > 0)
        throw new RequestError(400, `The settings are not saved: ${problems[0].message}`, problems)
      await settings.save(body)
      return settings.shown()
    }
  )

  app.post(
    '/settings/test',
    {
      schema: {
        summary: 'Test the connection, as Segment does, with the saved settings or with these instead',
        body: Type.Partial(SettingsChange, { $id: undefined }),
        response: { 200: Type.Ref(ConnectionTest), ...failing(400) }
      }
    },
    async ({ body }) => {
      const { target = settings.target, values } = body
      const tried =
        values || target !== settings.target
          ? settings.withChange({ target, values: values ?? {} })
          : settings.current()
      const result = await testConnection(definitionFor(target), tried)
      return result.ok
        ? { ok: true, message: 'Kameleoon accepts these settings.' }
        : { ok: false, message: result.error.replace(FRAMEWORK_PREFIX, '') }
    }
  )

  app.post(
    '/settings/reset',
    {
      schema: {
        summary: 'Back to the emulator; everything that was typed is forgotten, secrets too',
        response: { 200: Type.Ref(Settings) }
      }
    },
    async () => {
      await settings.reset()
      return settings.shown()
    }
  )
}
