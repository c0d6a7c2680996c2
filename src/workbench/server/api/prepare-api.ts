import type { FastifyInstance } from 'fastify'
import { describeApi } from './openapi'
import { addErrorAnswers } from './error-answers'
import { addValidation } from './validation'

export interface ApiOptions {
  version: string
  /** Texts that no answer may hold. */
  secrets: () => string[]
}

/**
 * What all routes of the JSON API have in common: bodies checked by schema, errors in one form, answers written as they are,
 * and a description. Routes are added when it has resolved.
 */
export async function prepareApi(app: FastifyInstance, { version, secrets }: ApiOptions): Promise<void> {
  addValidation(app)
  addErrorAnswers(app, secrets)
  // Writing by schema would silently leave out what a schema does not know; tests compare both instead.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  await describeApi(app, version)
}
