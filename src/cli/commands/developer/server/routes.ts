import type { FastifyInstance, FastifyReply } from 'fastify'
import type { JSONObject } from '@segment/actions-core'
import { bodyOf, runAction, type Service, runDeletion, objectOr } from './runs'
import { safeError } from './call-error'
import { frameworkFor, messageOf, testConnection } from '../../../../segment-host'

/** `POST /<action>`: runs the action; answers with what was sent and received, or with the error, and 200 either way. */
export function actionRoutes<Settings>(app: FastifyInstance, { definition, log }: Service<Settings>): void {
  for (const key of Object.keys(definition.actions)) {
    app.post(`/${key}`, async (request) => {
      const body = bodyOf(request)
      try {
        const { exchanges, outcomes } = await runAction(definition, key, body)
        outcomes.forEach(({ status, errormessage }, index) =>
          log(`  event ${index + 1} of the batch: ${status}${errormessage ? ` ${errormessage}` : ''}`)
        )
        return exchanges
      } catch (error) {
        return [safeError(error, definition, body.settings)]
      }
    })
  }
}

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

/** `POST /authenticate` with flat settings, and `POST /refreshAccessToken`. */
export function authenticationRoutes<Settings>(app: FastifyInstance, { definition }: Service<Settings>): void {
  app.post('/authenticate', async (request) => testConnection(definition, bodyOf(request)))

  app.post('/refreshAccessToken', async (request, reply) => {
    const { settings, ...auth } = bodyOf(request)
    try {
      const destination = frameworkFor(definition)
      const data = await destination.refreshAccessToken(objectOr(settings, {}) as Settings, auth as never)
      return { ok: true, data }
    } catch (error) {
      return reply.code(400).send({ ok: false, error: messageOf(error) })
    }
  })
}

/**
 * What Segment's mapping editor asks for: live choices at `POST /<action>/<field>` (`customData.__keys__` for the keys of an
 * object), hooks at `POST /<action>/hooks/<hook>`, and live choices of a hook's inputs below it at `dynamic/<field>`.
 */
export function mappingRoutes<Settings>(app: FastifyInstance, { definition }: Service<Settings>): void {
  for (const [key, action] of Object.entries(definition.actions)) {
    app.post<{ Params: { field: string } }>(`/${key}/:field`, async (request, reply) => {
      const { field } = request.params
      return answer(reply, () => running(definition, key).executeDynamicField(field, inputOf(bodyOf(request))))
    })
    for (const [hook, { inputFields }] of Object.entries(action.hooks ?? {})) {
      app.post(`/${key}/hooks/${hook}`, async (request, reply) =>
        answer(reply, () => running(definition, key).executeHook(hook as never, inputOf(bodyOf(request))))
      )
      for (const [field, { dynamic }] of Object.entries(inputFields ?? {})) {
        if (!dynamic) continue
        app.post(`/${key}/hooks/${hook}/dynamic/${field}`, async (request, reply) =>
          answer(reply, () => running(definition, key).executeDynamicField(field, inputOf(bodyOf(request)), dynamic))
        )
      }
    }
  }
}

function running<Settings>(definition: Service<Settings>['definition'], key: string) {
  return frameworkFor(definition).actions[key]
}

function inputOf(body: JSONObject) {
  const { page, dynamicFieldContext, hookInputs, hookOutputs } = body
  return {
    // Callers may send anything. Missing values count as empty, as in Segment's own tool.
    settings: objectOr(body.settings, {}) as never,
    payload: objectOr(body.payload, {}) as never,
    page: typeof page === 'string' || typeof page === 'number' ? String(page) : '1',
    auth: objectOr(body.auth, {}) as never,
    audienceSettings: objectOr(body.audienceSettings, {}),
    dynamicFieldContext: objectOr(dynamicFieldContext, undefined),
    hookInputs: objectOr(hookInputs, {}) as never,
    hookOutputs: objectOr(hookOutputs, {})
  }
}

async function answer(reply: FastifyReply, run: () => Promise<{ error?: unknown }>): Promise<unknown> {
  try {
    const result = await run()
    return result.error ? await reply.code(500).send([result.error]) : result
  } catch (error) {
    const { code, status } = Object(error) as { code?: unknown; status?: unknown }
    return reply.code(500).send([{ message: messageOf(error), code, status }])
  }
}
