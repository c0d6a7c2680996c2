import type { FastifyInstance } from 'fastify'
import { visitorCodeProblem, type Problem, type VisitEvent } from '../events/visit-event'
import { LIMITS } from '../limits'
import { HttpError, sendJson, flag, queryOf, requireSite, wholeNumber, requireContentType, textWithin } from '../http'
import type { State } from '../state'
import { isCurrent, splitVisits, visitReply, VISIT_PARTS } from '../visits'

/** `GET /visit/visitor`: https://developers.kameleoon.com/apis/data-api-rest/all-endpoints/get-visit-visitor */
export function visitorRoute(app: FastifyInstance, state: State): void {
  app.get('/visit/visitor', (request, reply) => {
    requireSite(state, request)
    const query = queryOf(request)
    return sendJson(reply, visitsReply(state, query), flag(query, 'prettyPrint'))
  })
}

function visitsReply(state: State, query: Record<string, string>): Record<string, unknown> {
  const { clock, eventsVisibleAfterMs } = state.options
  const previous = wholeNumber('maxNumberPreviousVisits', query.maxNumberPreviousVisits ?? '', 0, LIMITS.previousVisits)
  const latest = clock() - eventsVisibleAfterMs
  const visits = splitVisits(eventsOf(state, query).filter(({ at }) => at <= latest))
  const last = visits[visits.length - 1]
  const current = last !== undefined && isCurrent(last, clock()) ? visits.pop() : undefined
  const parts = partsOf(query)
  const reply: Record<string, unknown> = {}
  if (current !== undefined && flag(query, 'currentVisit'))
    reply.currentVisit = visitReply(current, state.options, parts)
  const previousVisits = previous === 0 ? [] : visits.slice(-previous).reverse()
  reply.previousVisits = previousVisits.map((visit) => visitReply(visit, state.options, parts))
  for (const name of ['kcs', 'cbs']) if (flag(query, name)) reply[name] = {}
  return reply
}

function eventsOf({ visitors }: State, { visitorCode, mappingValue }: Record<string, string>): VisitEvent[] {
  const code = visitorCode ?? mappingValue ?? ''
  const problem = visitorCodeProblem(code)
  if (problem !== undefined) throw new HttpError(400, `visitorCode or mappingValue is required: ${problem}.`)
  return visitorCode === undefined ? visitors.eventsOfUser(code) : visitors.events(code)
}

function partsOf(query: Record<string, string>): string[] {
  const all = flag(query, 'all')
  return Object.keys(VISIT_PARTS).filter((part) => flag(query, part) || all)
}

const PATH = '/visit/forget'

/** `POST /visit/forget`: https://docs.kameleoon.com/api-reference/visit/remove-data-for-several-visitors */
export function forgetRoute(app: FastifyInstance, state: State): void {
  app.post(PATH, (request, reply) => {
    requireSite(state, request)
    requireContentType(request, 'text/plain')
    const codes = textWithin(request, LIMITS.forgetBytes).split(/\r?\n/)
    if (codes[codes.length - 1] === '') codes.pop()
    const problems = problemsOf(codes)
    if (state.options.content === 'reject' && problems.length > 0) throw new HttpError(400, problems[0].reason)
    void reply.code(state.options.acceptedStatus).send()
    problems.forEach((problem) => state.discard(PATH, problem))
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
