import type {} from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'http'
import { addErrorAnswers } from './errors'
import { describeApi } from './openapi'
import { addJsonBodies, addValidation } from './requests'

export { failing, RequestError } from './errors'

/** A Fastify server whose routes take their types from their schemas. */
export type ApiServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

interface ApiOptions {
  /** Version of the workbench, shown in the description. */
  version: string
  /** Texts that no error answer may contain. */
  secrets: () => string[]
}

/**
 * Adds what all routes of the JSON API share: JSON bodies, checks by schema, one form of error, and the OpenAPI
 * description. Add the routes after it has resolved.
 */
export async function prepareApi(app: FastifyInstance, { version, secrets }: ApiOptions): Promise<void> {
  addJsonBodies(app)
  addValidation(app)
  addErrorAnswers(app, secrets)
  // Writing by schema would silently drop members that a schema does not declare. Tests compare both instead.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  await describeApi(app, version)
}
