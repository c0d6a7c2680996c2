import type { Catalog } from '../catalog'
import { COMMON_PARAMETERS, eventTypeNamed, fieldsOf, type EventType } from './event-types'
import { isObject } from './is-object'
import { kindNamed } from './kinds'
import type { Row } from './lines'
import { projectProblems } from './project'
import type { Problem, VisitEvent } from './visit-event'
import { visitorCodeProblem } from './visitor-code'

/** What the request says about all of its events. */
export interface EventOrigin {
  /** The visitor code of the query; it replaces those of the events. */
  visitorCode?: string
  bodyUa: boolean
  at: number
}

/** An event that Kameleoon can use, or nothing, and what is wrong with it. */
export interface Judgement {
  event?: VisitEvent
  problems: Problem[]
}

/** Checks one event of `POST /visit/events` against everything Kameleoon's pages and SDKs tell about events. */
export function judgeEvent(row: Row, origin: EventOrigin, catalog: Catalog): Judgement {
  if ('broken' in row) return { problems: [{ reason: row.broken, value: row.content }] }
  const { content } = row
  if (!isObject(content)) return { problems: [{ reason: 'event is not an object', value: content }] }
  const eventType = eventTypeNamed(content.eventType)
  if (eventType === undefined) {
    return { problems: [{ reason: 'unknown event type', field: 'eventType', value: content.eventType }] }
  }
  const problems = [...commonProblems(content, origin), ...fieldProblems(content, eventType)]
  // Only fields of the right kind can be looked up in the project.
  if (!problems.some(isSerious)) problems.push(...projectProblems(content, eventType, catalog))
  if (problems.some(isSerious)) return { problems }
  return { event: assemble(content, eventType, origin), problems }
}

function isSerious(problem: Problem): boolean {
  return problem.harmless !== true
}

function commonProblems(content: Record<string, unknown>, origin: EventOrigin): Problem[] {
  const problems: Problem[] = []
  if (!/^[0-9A-F]{16}$/i.test(String(content.nonce))) {
    problems.push({ reason: 'nonce is not 16 hexadecimal digits', field: 'nonce', value: content.nonce })
  }
  const code = visitorOf(content, origin)
  const reason = visitorCodeProblem(code)
  if (reason !== undefined) problems.push({ reason, field: 'visitorCode', value: code })
  if (content.userAgent !== undefined) problems.push(...userAgentProblems(content.userAgent, origin))
  return problems
}

function userAgentProblems(userAgent: unknown, origin: EventOrigin): Problem[] {
  const field = 'userAgent'
  if (typeof userAgent !== 'string') return [{ reason: 'wrong kind, expected text', field, value: userAgent }]
  return origin.bodyUa ? [] : [{ reason: 'userAgent without bodyUa=true', field, value: userAgent, harmless: true }]
}

function fieldProblems(content: Record<string, unknown>, eventType: EventType): Problem[] {
  const fields = fieldsOf(eventType)
  const problems: Problem[] = []
  for (const [name, value] of Object.entries(content)) {
    if (COMMON_PARAMETERS.includes(name)) continue
    const field = fields.get(name)
    if (field === undefined) {
      problems.push({ reason: `unknown field of ${eventType}`, field: name, value })
    } else if (!kindNamed(field.kind).accepts(value)) {
      problems.push({ reason: `wrong kind, expected ${kindNamed(field.kind).expected}`, field: name, value })
    } else if (field.cutAt !== undefined && typeof value === 'string' && value.length > field.cutAt) {
      problems.push({ reason: `cut to ${field.cutAt} characters`, field: name, value, harmless: true })
    }
  }
  const missing = [...fields].filter(([name, field]) => field.required && content[name] === undefined)
  return [...problems, ...missing.map(([field]) => ({ reason: `missing field of ${eventType}`, field }))]
}

function assemble(content: Record<string, unknown>, eventType: EventType, origin: EventOrigin): VisitEvent {
  const event: VisitEvent = {
    eventType,
    nonce: String(content.nonce).toUpperCase(),
    visitorCode: String(visitorOf(content, origin)),
    at: origin.at
  }
  if (origin.bodyUa && typeof content.userAgent === 'string') event.userAgent = content.userAgent
  for (const [name, field] of fieldsOf(eventType)) {
    const value = content[name]
    if (value !== undefined) event[name] = typeof value === 'string' ? value.slice(0, field.cutAt) : value
  }
  return event
}

/** A cross-device id stands in for the visitor code where an SDK has one. */
function visitorOf(content: Record<string, unknown>, origin: EventOrigin): unknown {
  return origin.visitorCode ?? content.visitorCode ?? content.mappingValue
}
