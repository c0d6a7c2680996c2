import type { FastifyError, FastifyInstance } from 'fastify'
import { redacted } from '../../../segment-host/exchanges/redaction'
import { Rejection } from '../rejection'
import type { UsageError } from '../usage-error'
import type { ApiError, Problem } from '../../contract'
import { validationProblems } from './validation'

/**
 * Answers whatever goes wrong as `{error: {message, problems?}}`.
 * @param secrets texts that no answer may hold
 */
export function addErrorAnswers(app: FastifyInstance, secrets: () => string[]): void {
  app.setErrorHandler((error: FastifyError | Rejection | UsageError, request, reply) => {
    const status = statusOf(error)
    return reply.code(status).send(redacted(answerOf(error, `${request.method} ${pathOf(request.url)}`), secrets()))
  })
  app.setNotFoundHandler((request) => {
    throw new Rejection(404, `There is no ${request.method} ${pathOf(request.url)}.`)
  })
}

function statusOf(error: FastifyError | Rejection | UsageError): number {
  if (error instanceof Rejection) return error.status
  return 'statusCode' in error ? (error.statusCode ?? 500) : 500
}

function answerOf(error: FastifyError | Rejection | UsageError, call: string): ApiError {
  const problems = problemsOf(error)
  return { error: { message: messageOf(error, problems, call), ...(problems && { problems }) } }
}

function problemsOf(error: FastifyError | Rejection | UsageError): Problem[] | undefined {
  if (error instanceof Rejection) return error.problems
  return 'validation' in error && error.validation ? validationProblems(error.validation) : undefined
}

function messageOf(
  error: FastifyError | Rejection | UsageError,
  problems: Problem[] | undefined,
  call: string
): string {
  if (error instanceof Rejection || !problems) return error.message
  const [first] = problems
  const what = first.field === '' ? `the request ${first.message}` : `"${first.field}" ${first.message}`
  return `${call} cannot be done: ${what}`
}

function pathOf(url: string): string {
  return url.split('?')[0]
}
