import type { ProjectData } from '../project'
import { COMMON_PARAMETERS, eventTypeNamed, fieldsOf, type EventType } from './event-types'
import { isObject } from '../values'
import { kindNamed } from './kinds'
import type { Row } from './lines'
import { projectProblems } from './project-problems'
import { type Problem, type VisitEvent, visitorCodeProblem } from './visit-event'
import type { Modes } from '../modes'

/** What the request says about all its events. */
export interface EventOrigin {
  /** The visitor code in the query. It replaces the visitor codes of the events. */
  visitorCode?: string
  /** Whether events may carry a user agent. */
  bodyUa: boolean
  /** When the request arrived, in milliseconds. */
  at: number
  /** Whether the body is a JSON array. */
  isJson: boolean
}

/** The modes that decide about single events. */
export type EventModes = Pick<Modes, 'eventTime' | 'ignoredParameters' | 'jsonUserAgents' | 'archivedGoals'>

/** What the check of one event found. Without `event`, Kameleoon would discard it. */
export interface EventCheck {
  event?: VisitEvent
  problems: Problem[]
}

/** Checks one event of `POST /visit/events` by the rules in Kameleoon's documentation and SDKs. */
export function checkEvent(row: Row, origin: EventOrigin, project: ProjectData, modes: EventModes): EventCheck {
  if (row.kind === 'unreadable') return { problems: [{ reason: row.reason, value: row.content }] }
  const { content } = row
  if (!isObject(content)) return { problems: [{ reason: 'event is not an object', value: content }] }
  const eventType = eventTypeNamed(content.eventType)
  if (eventType === undefined) {
    return { problems: [{ reason: 'unknown event type', field: 'eventType', value: content.eventType }] }
  }
  const problems = [...commonProblems(content, origin, modes), ...fieldProblems(content, eventType, modes)]
  // Only fields of the right kind can be looked up in the project.
  if (!problems.some(isSerious)) {
    problems.push(...ownerProblems(content, origin, project), ...projectProblems(content, eventType, project, modes))
  }
  if (problems.some(isSerious)) return { problems }
  return { event: assemble(content, eventType, origin, modes), problems }
}

function isSerious(problem: Problem): boolean {
  return problem.harmless !== true
}

function commonProblems(content: Record<string, unknown>, origin: EventOrigin, modes: EventModes): Problem[] {
  const problems: Problem[] = []
  if (!/^[0-9A-F]{16}$/i.test(String(content.nonce))) {
    problems.push({ reason: 'nonce is not 16 hexadecimal digits', field: 'nonce', value: content.nonce })
  }
  const code = visitorOf(content, origin)
  const reason = visitorCodeProblem(code)
  if (reason !== undefined) problems.push({ reason, field: 'visitorCode', value: code })
  if (content.userAgent !== undefined) problems.push(...userAgentProblems(content.userAgent, origin, modes))
  return problems
}

function userAgentProblems(userAgent: unknown, origin: EventOrigin, modes: EventModes): Problem[] {
  const field = 'userAgent'
  if (origin.isJson && modes.jsonUserAgents === 'discard') {
    return [{ reason: 'userAgent in the JSON form', field, value: userAgent }]
  }
  if (typeof userAgent !== 'string') return [{ reason: 'wrong kind, expected text', field, value: userAgent }]
  return origin.bodyUa ? [] : [{ reason: 'userAgent without bodyUa=true', field, value: userAgent, harmless: true }]
}

/** Parameters that a client may think of as the event's time. Kameleoon documents none. */
const TIMES = ['time', 'timestamp']

function fieldProblems(content: Record<string, unknown>, eventType: EventType, { eventTime }: EventModes): Problem[] {
  const fields = fieldsOf(eventType)
  const problems: Problem[] = []
  for (const [name, value] of Object.entries(content)) {
    if (COMMON_PARAMETERS.includes(name) || (eventTime !== 'discard' && TIMES.includes(name))) continue
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

function assemble(
  content: Record<string, unknown>,
  eventType: EventType,
  origin: EventOrigin,
  { eventTime, ignoredParameters }: EventModes
): VisitEvent {
  const event: VisitEvent = {
    eventType,
    nonce: String(content.nonce).toUpperCase(),
    visitorCode: String(visitorOf(content, origin)),
    at: origin.at
  }
  const mappingValue = mappingValueOf(content, origin)
  if (typeof mappingValue === 'string') event.mappingValue = mappingValue
  if (origin.bodyUa && typeof content.userAgent === 'string') event.userAgent = content.userAgent
  for (const [name, field] of fieldsOf(eventType)) {
    const value = content[name]
    if (value === undefined || ignoredParameters.includes(`${eventType}.${name}`)) continue
    event[name] = typeof value === 'string' ? value.slice(0, field.cutAt) : value
  }
  const given = TIMES.map((name) => content[name]).find((time) => typeof time === 'number')
  if (eventTime === 'use' && typeof given === 'number') event.givenTime = given
  return event
}

/** SDKs may send a cross-device id (`mappingValue`) in place of the visitor code. */
function visitorOf(content: Record<string, unknown>, origin: EventOrigin): unknown {
  return origin.visitorCode ?? content.visitorCode ?? content.mappingValue
}

function mappingValueOf({ visitorCode, mappingValue }: Record<string, unknown>, origin: EventOrigin): unknown {
  return (origin.visitorCode ?? visitorCode) === undefined ? mappingValue : undefined
}

/** A cross-device id finds a visitor only where the project has custom data for it. */
function ownerProblems(content: Record<string, unknown>, origin: EventOrigin, project: ProjectData): Problem[] {
  const value = mappingValueOf(content, origin)
  if (value === undefined || project.mappingIdentifier) return []
  return [{ reason: 'this project has no custom data for a cross-device id', field: 'mappingValue', value }]
}
