import { type TSchema, Type } from '@sinclair/typebox'
import type { FastifyInstance, FastifySchemaValidationError } from 'fastify'
import { redacted } from '../../../segment-host'
import { ApiError, type Problem } from '../../contract'

/** A request that cannot be done; answered with this status as `{error: {message, problems?}}`. */
export class RequestError extends Error {
  readonly name = 'RequestError'

  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 421 | 429,
    message: string,
    readonly problems?: Problem[]
  ) {
    super(message)
  }
}

const FAILURES = {
  400: 'The request is malformed or not valid',
  404: 'There is no such thing',
  409: 'Not possible now: with the real Kameleoon, or because another workbench keeps what would be changed'
}

/** The error answer of all routes. */
export const errorAnswer: TSchema = { ...Type.Ref(ApiError), description: 'Why the request was not done' }

/** The error answers of a route, by status, for its schema. */
export function failing(...statuses: (keyof typeof FAILURES)[]): Record<string, TSchema> {
  return Object.fromEntries(
    statuses.map((status) => [status, { ...Type.Ref(ApiError), description: FAILURES[status] }])
  )
}

/** What a handler or Fastify may throw. Fastify's own errors have a status, and failed checks have a list. */
interface Thrown extends Error {
  statusCode?: number
  validation?: FastifySchemaValidationError[]
}

/**
 * Answers all errors as `{error: {message, problems?}}`.
 * @param secrets texts that no answer may contain
 */
export function addErrorAnswers(app: FastifyInstance, secrets: () => string[]): void {
  app.setErrorHandler((error: Thrown, request, reply) => {
    const status = error instanceof RequestError ? error.status : (error.statusCode ?? 500)
    return reply.code(status).send(redacted(answerOf(error, `${request.method} ${pathOf(request.url)}`), secrets()))
  })
  app.setNotFoundHandler((request) => {
    throw new RequestError(404, `There is no ${request.method} ${pathOf(request.url)}.`)
  })
}

function answerOf(error: Thrown, call: string): ApiError {
  if (error instanceof RequestError) return answer(error.message, error.problems)
  if (!error.validation) return answer(error.message)
  const problems = validationProblems(error.validation)
  const [{ field, message }] = problems
  return answer(`${call} cannot be done: ${field === '' ? 'the request' : `"${field}"`} ${message}`, problems)
}

function answer(message: string, problems?: Problem[]): ApiError {
  return { error: { message, ...(problems && { problems }) } }
}

function pathOf(url: string): string {
  return url.split('?')[0]
}

/** Keywords that only repeat that another check failed. */
const SUMMARIES = ['if', 'anyOf']

/** The problems that a schema check found, one per field, with the field as in `values.apiKey`. */
function validationProblems(found: FastifySchemaValidationError[]): Problem[] {
  const problems = found.filter(({ keyword }) => !SUMMARIES.includes(keyword)).map(problemOf)
  const fields = problems.map(({ field }) => field)
  return problems.filter(({ field }, index) => fields.indexOf(field) === index)
}

function problemOf({ keyword, instancePath, params, message = 'is not valid' }: FastifySchemaValidationError): Problem {
  const path = instancePath.split('/').slice(1).map(unescaped)
  if (keyword === 'required') return { field: [...path, params.missingProperty].join('.'), message: 'is missing' }
  const allowed = Array.isArray(params.allowedValues) ? `: ${params.allowedValues.join(', ')}` : ''
  return { field: path.join('.'), message: `${message}${allowed}` }
}

/** https://www.rfc-editor.org/rfc/rfc6901#section-3 */
function unescaped(part: string): string {
  return part.replace(/~1/g, '/').replace(/~0/g, '~')
}
