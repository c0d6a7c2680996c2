import type { FastifyInstance } from 'fastify'
import type { Problem } from '../events/visit-event'
import { visitorCodeProblem } from '../events/visitor-code'
import { LIMITS } from '../limits'
import { Rejection } from '../rejection'
import type { State } from '../state'
import { requireContentType, requireSite, textWithin } from './request'

const PATH = '/visit/forget'

/** `POST /visit/forget`: https://docs.kameleoon.com/api-reference/visit/remove-data-for-several-visitors */
export function forgetRoute(app: FastifyInstance, state: State): void {
  app.post(PATH, (request, reply) => {
    requireSite(state, request)
    requireContentType(request, 'text/plain')
    const codes = textWithin(request, LIMITS.forgetBytes).split(/\r?\n/)
    if (codes[codes.length - 1] === '') codes.pop()
    const problems = problemsOf(codes)
    if (state.options.content === 'reject' && problems.length > 0) throw new Rejection(400, problems[0].reason)
    void reply.code(204).send()
    problems.forEach((problem) => state.throwAway(PATH, problem))
    codes.filter((code) => visitorCodeProblem(code) === undefined).forEach((code) => forget(state, code))
    return reply
  })
}

function problemsOf(codes: string[]): Problem[] {
  if (codes.length === 0) return [{ reason: 'no visitor code to forget' }]
  return codes.flatMap((code) => {
    const reason = visitorCodeProblem(code)
    return reason === undefined ? [] : [{ reason, field: 'visitorCode', value: code }]
  })
}

function forget(state: State, code: string): void {
  state.visitors.forget(code)
  state.forgotten.add(code)
}
