import type { FastifyInstance } from 'fastify'
import { visitorCodeProblem } from '../events/visitor-code'
import { LIMITS } from '../limits'
import { Rejection } from '../rejection'
import type { State } from '../state'
import { isCurrent, splitVisits, tellVisit, VISIT_PARTS } from '../visits'
import { sendJson } from './json'
import { flag, queryOf, requireSite, wholeNumber } from './request'

/** `GET /visit/visitor`: https://developers.kameleoon.com/apis/data-api-rest/all-endpoints/get-visit-visitor */
export function visitorRoute(app: FastifyInstance, state: State): void {
  app.get('/visit/visitor', (request, reply) => {
    requireSite(state, request)
    const query = queryOf(request)
    return sendJson(reply, tellVisits(state, query), flag(query, 'prettyPrint'))
  })
}

function tellVisits(state: State, query: Record<string, string>): Record<string, unknown> {
  const { sitecode, clock } = state.options
  const previous = wholeNumber('maxNumberPreviousVisits', query.maxNumberPreviousVisits ?? '', 0, LIMITS.previousVisits)
  const visits = splitVisits(state.visitors.events(visitorOf(query)))
  const last = visits[visits.length - 1]
  const current = last !== undefined && isCurrent(last, clock()) ? visits.pop() : undefined
  const parts = partsOf(query)
  const reply: Record<string, unknown> = {}
  if (current !== undefined && flag(query, 'currentVisit')) reply.currentVisit = tellVisit(current, sitecode, parts)
  const told = previous === 0 ? [] : visits.slice(-previous).reverse()
  reply.previousVisits = told.map((visit) => tellVisit(visit, sitecode, parts))
  for (const name of ['kcs', 'cbs']) if (flag(query, name)) reply[name] = {}
  return reply
}

function visitorOf({ visitorCode, mappingValue }: Record<string, string>): string {
  const code = visitorCode ?? mappingValue ?? ''
  const problem = visitorCodeProblem(code)
  if (problem !== undefined) throw new Rejection(400, `visitorCode or mappingValue is required: ${problem}.`)
  return code
}

function partsOf(query: Record<string, string>): string[] {
  const all = flag(query, 'all')
  return Object.keys(VISIT_PARTS).filter((part) => flag(query, part) || all)
}
