import { type TSchema, Type } from '@sinclair/typebox'
import type { FastifyError, FastifyInstance } from 'fastify'
import { redacted, type UsageError } from '../../../segment-host'
import { ApiError, type Problem } from '../../contract'
import { validationProblems } from './requests'

/** Why a request to the workbench is not done; answered as `{error: {message, problems?}}` with this status. */
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

/**
 * Answers whatever goes wrong as `{error: {message, problems?}}`.
 * @param secrets texts that no answer may hold
 */
export function addErrorAnswers(app: FastifyInstance, secrets: () => string[]): void {
  app.setErrorHandler((error: FastifyError | RequestError | UsageError, request, reply) => {
    const status = statusOf(error)
    return reply.code(status).send(redacted(answerOf(error, `${request.method} ${pathOf(request.url)}`), secrets()))
  })
  app.setNotFoundHandler((request) => {
    throw new RequestError(404, `There is no ${request.method} ${pathOf(request.url)}.`)
  })
}

function statusOf(error: FastifyError | RequestError | UsageError): number {
  if (error instanceof RequestError) return error.status
  return 'statusCode' in error ? (error.statusCode ?? 500) : 500
}

function answerOf(error: FastifyError | RequestError | UsageError, call: string): ApiError {
  const problems = problemsOf(error)
  return { error: { message: messageOf(error, problems, call), ...(problems && { problems }) } }
}

function problemsOf(error: FastifyError | RequestError | UsageError): Problem[] | undefined {
  if (error instanceof RequestError) return error.problems
  return 'validation' in error && error.validation ? validationProblems(error.validation) : undefined
}

function messageOf(
  error: FastifyError | RequestError | UsageError,
  problems: Problem[] | undefined,
  call: string
): string {
  if (error instanceof RequestError || !problems) return error.message
  const [first] = problems
  const what = first.field === '' ? `the request ${first.message}` : `"${first.field}" ${first.message}`
  return `${call} cannot be done: ${what}`
}

function pathOf(url: string): string {
  return url.split('?')[0]
}

const FAILURES = {
  400: 'The request is malformed or not valid',
  404: 'There is no such thing',
  409: 'Not possible with the real Kameleoon'
}

/** What a success means where a route does not say it better. */
export const SUCCESSES: Record<string, string> = {
  200: 'The answer',
  201: 'Added',
  202: 'Taken; what becomes of it shows later',
  204: 'Done'
}

/** What every route answers when something was not done. */
export const errorAnswer: TSchema = { ...Type.Ref(ApiError), description: 'Why it was not done' }

/** Which failures a route tells, by status, for its schema. */
export function failing(...statuses: (keyof typeof FAILURES)[]): Record<string, TSchema> {
  return Object.fromEntries(
    statuses.map((status) => [status, { ...Type.Ref(ApiError), description: FAILURES[status] }])
  )
}
