import type { FastifyInstance, FastifyRequest } from 'fastify'
import { checkEvent, type EventOrigin, type EventCheck } from '../events/check'
import { eventResult, partNamed } from '../results'
import { readLines, type Row } from '../events/lines'
import type { Problem } from '../events/visit-event'
import { LIMITS } from '../limits'
import { fingerprint, type NonceCheck } from '../nonces'
import { HttpError, flag, jsonOf, queryOf, requireSite, textOf, textWithin } from '../http'
import type { State } from '../state'

const PATH = '/visit/events'
const REUSED: Problem = { reason: 'nonce of another event', field: 'nonce' }

/** `POST /visit/events`: https://docs.kameleoon.com/api-reference/visit/send-visitor-events */
export function visitEventsRoute(app: FastifyInstance, state: State): void {
  app.post(PATH, (request, reply) => {
    requireSite(state, request)
    const body = textWithin(request, LIMITS.visitEventsBytes)
    const isJson = flag(queryOf(request), 'json')
    const checkEvents = (): CheckedEvent[] => {
      const origin = { ...originOf(state, request), isJson }
      const { project, options } = state
      const checked = readRows(body, isJson).map((row) => ({ row, ...checkEvent(row, origin, project, options) }))
      return options.neighbours === 'lose' && checked.some(({ event }) => !event) ? checked.map(lost) : checked
    }
    const { content, neighbours, acceptedStatus } = state.options
    if (content === 'reject') {
      const checked = checkEvents()
      if (neighbours === 'keep') keep(state, checked, request)
      rejectProblems(state, checked)
      if (neighbours !== 'keep') keep(state, checked, request)
      return reply.code(acceptedStatus).send()
    }
    // Kameleoon answers before it looks at the content.
    void reply.code(acceptedStatus).send()
    try {
      keep(state, checkEvents(), request)
    } catch (error) {
      if (!(error instanceof HttpError)) throw error
      state.discard(PATH, { reason: error.message })
    }
    return reply
  })
}

function readRows(body: string, isJson: boolean): Row[] {
  if (!isJson) return readLines(body)
  const events = jsonOf(body, 'a JSON array of events')
  if (!Array.isArray(events)) throw new HttpError(400, 'With json=true the body must be a JSON array of events.')
  return events.map((content: unknown) => ({ kind: 'event', content }))
}

function originOf(state: State, request: FastifyRequest): Omit<EventOrigin, 'isJson'> {
  const query = queryOf(request)
  const origin = { bodyUa: query.bodyUa === 'true', at: state.options.clock() }
  return query.visitorCode === undefined ? origin : { ...origin, visitorCode: query.visitorCode }
}

/** Throws a 400 error when Kameleoon would discard an event; the message names the first five problems. */
function rejectProblems(state: State, checked: EventCheck[]): void {
  const here = new Map<string, string>()
  const found = checked.flatMap(({ event, problems }, position) => {
    const reused = event !== undefined && state.nonces.check(event, here) === 'reused'
    if (event !== undefined) here.set(event.nonce, fingerprint(event))
    const serious = [...problems.filter((problem) => !problem.harmless), ...(reused ? [REUSED] : [])]
    return serious.map(({ reason, field }) => `event ${position}: ${reason}${field ? ` (${field})` : ''}`)
  })
  if (found.length > 0) throw new HttpError(400, found.slice(0, 5).join('; '))
}

/** A good event that is lost with the bad one of its body. */
function lost({ event, problems, row }: CheckedEvent): CheckedEvent {
  return event ? { row, problems: [...problems, { reason: 'another event of the body was bad' }] } : { row, problems }
}

/** An event of the body and what its check found. */
type CheckedEvent = EventCheck & { row: Row }

function keep(state: State, checked: CheckedEvent[], request: FastifyRequest): void {
  const { onHandled } = state.options
  const results = checked.map((one) => {
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

/** Stores a valid event and returns whether its nonce was new, or null for an event that is discarded. */
function keepOne(state: State, { event, problems, row }: CheckedEvent): NonceCheck | null {
  const part = partNamed(row.content)
  problems.forEach((problem) => state.discard(PATH, problem, part))
  if (event === undefined) return null
  const kind = state.nonces.take(event)
  if (kind === 'reused') state.discard(PATH, { ...REUSED, value: event.nonce }, part)
  if (kind === 'reused') return kind
  if (kind === 'repeated') {
    state.recordings.totals.duplicates += 1
    if (state.options.nonces === 'drop') return kind
  }
  state.visitors.add(event)
  state.recordings.countEvent(event.eventType)
  return 'new'
}
