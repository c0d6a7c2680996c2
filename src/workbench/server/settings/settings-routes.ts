import { Type } from '@sinclair/typebox'
import { testConnection } from '../../../segment-host'
import { ConnectionTest, Settings, SettingsChange, StringEnum } from '../../contract'
import { type ApiServer, RequestError, failing } from '../api'
import { type HostedDefinition, TARGETS, type TargetKind } from '../hosted'
import type { SettingsStore } from './settings-store'

interface SettingsSources {
  settings: SettingsStore
  definitionFor: (target: TargetKind) => HostedDefinition
}

/** The framework adds this, and a status, before the destination's own message. */
const FRAMEWORK_PREFIX = /^Credentials are invalid: \d* ?/

/** The settings of the destination, and the test of the connection. No answer contains a secret. */
export function settingsRoutes(app: ApiServer, { definitionFor, settings }: SettingsSources): void {
  app.get(
    '/settings',
    {
      schema: {
        summary: 'Settings of the current target, or of the given one, without secrets',
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
        description:
          'A password that is missing is kept; another setting that is missing is removed. Without a target, the current one is kept.',
        body: SettingsChange,
        response: { 200: Type.Ref(Settings), ...failing(400, 409) }
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
        summary: 'Test the connection as Segment does, with the saved settings or with the given ones',
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
        summary: 'Switch back to the emulator and delete all saved settings, secrets too',
        response: { 200: Type.Ref(Settings), ...failing(409) }
      }
    },
    async () => {
      await settings.reset()
      return settings.shown()
    }
  )
}
