import type { FastifyInstance, FastifyRequest } from 'fastify'
import { judgeEvent, type EventOrigin, type Judgement } from '../events/judge'
import { eventResult } from '../results'
import { readLines, type Row } from '../events/lines'
import type { Problem } from '../events/visit-event'
import { LIMITS } from '../limits'
import { fingerprint, type NonceCheck } from '../nonces'
import { Rejection } from '../rejection'
import type { State } from '../state'
import { flag, fromJson, queryOf, requireSite, textOf, textWithin } from './request'

const PATH = '/visit/events'
const REUSED: Problem = { reason: 'nonce of another event', field: 'nonce' }

/** `POST /visit/events`: https://docs.kameleoon.com/api-reference/visit/send-visitor-events */
export function visitEventsRoute(app: FastifyInstance, state: State): void {
  app.post(PATH, (request, reply) => {
    requireSite(state, request)
    const body = textWithin(request, LIMITS.visitEventsBytes)
    const isJson = flag(queryOf(request), 'json')
    const judge = (): Judged[] => {
      const origin = originOf(state, request)
      return readRows(body, isJson).map((row) => ({ row, ...judgeEvent(row, origin, state.catalog) }))
    }
    if (state.options.content === 'reject') {
      const judged = judge()
      rejectProblems(state, judged)
      keep(state, judged, request)
      return reply.code(204).send()
    }
    // As Kameleoon does: the answer is given before anything is known about the content.
    void reply.code(204).send()
    try {
      keep(state, judge(), request)
    } catch (error) {
      if (!(error instanceof Rejection)) throw error
      state.throwAway(PATH, { reason: error.message })
    }
    return reply
  })
}

function readRows(body: string, isJson: boolean): Row[] {
  if (!isJson) return readLines(body)
  const events = fromJson(body, 'a JSON array of events')
  if (!Array.isArray(events)) throw new Rejection(400, 'With json=true the body must be a JSON array of events.')
  return events.map((content: unknown) => ({ content }))
}

function originOf(state: State, request: FastifyRequest): EventOrigin {
  const query = queryOf(request)
  const origin = { bodyUa: query.bodyUa === 'true', at: state.options.clock() }
  return query.visitorCode === undefined ? origin : { ...origin, visitorCode: query.visitorCode }
}

/** 400 when any event is of no use, naming the first few. */
function rejectProblems(state: State, judged: Judgement[]): void {
  const here = new Map<string, string>()
  const found = judged.flatMap(({ event, problems }, position) => {
    const reused = event !== undefined && state.nonces.judge(event, here) === 'reused'
    if (event !== undefined) here.set(event.nonce, fingerprint(event))
    const serious = [...problems.filter((problem) => !problem.harmless), ...(reused ? [REUSED] : [])]
    return serious.map(({ reason, field }) => `event ${position}: ${reason}${field ? ` (${field})` : ''}`)
  })
  if (found.length > 0) throw new Rejection(400, found.slice(0, 5).join('; '))
}

/** An event of the body with what was found of it. */
type Judged = Judgement & { row: Row }

function keep(state: State, judged: Judged[], request: FastifyRequest): void {
  const { onHandled } = state.options
  const results = judged.map((one) => {
    const kind = keepOne(state, one)
    return onHandled && eventResult(one.row.content, one, kind)
  })
  onHandled?.({
    path: PATH,
    body: textOf(request),
    results: results.filter((result) => result !== undefined),
    sender: state.senders.get(request.raw)
  })
}

/** What the nonce was, or null for an event that is of no use. */
function keepOne(state: State, { event, problems }: Judgement): NonceCheck | null {
  problems.forEach((problem) => state.throwAway(PATH, problem))
  if (event === undefined) return null
  const kind = state.nonces.take(event)
  if (kind === 'reused') state.throwAway(PATH, { ...REUSED, value: event.nonce })
  if (kind === 'repeated') state.recordings.totals.duplicates += 1
  if (kind === 'new') {
    state.visitors.add(event)
    state.recordings.countEvent(event.eventType)
  }
  return kind
}
