import type { ProjectData } from '../project'
import { COMMON_PARAMETERS, eventTypeNamed, fieldsOf, type EventType } from './event-types'
import { isObject } from '../values'
import { kindNamed } from './kinds'
import type { Row } from './lines'
import { type Problem, type VisitEvent, visitorCodeProblem } from './visit-event'
import { LIMITS } from '../limits'

/** What the request says about all its events. */
export interface EventOrigin {
  /** The visitor code in the query. It replaces the visitor codes of the events. */
  visitorCode?: string
  /** Whether events may carry a user agent. */
  bodyUa: boolean
  /** When the request arrived, in milliseconds. */
  at: number
}

/** What the check of one event found. Without `event`, Kameleoon would discard it. */
export interface EventCheck {
  event?: VisitEvent
  problems: Problem[]
}

/** Checks one event of `POST /visit/events` by the rules in Kameleoon's documentation and SDKs. */
export function checkEvent(row: Row, origin: EventOrigin, project: ProjectData): EventCheck {
  if (row.kind === 'unreadable') return { problems: [{ reason: row.reason, value: row.content }] }
  const { content } = row
  if (!isObject(content)) return { problems: [{ reason: 'event is not an object', value: content }] }
  const eventType = eventTypeNamed(content.eventType)
  if (eventType === undefined) {
    return { problems: [{ reason: 'unknown event type', field: 'eventType', value: content.eventType }] }
  }
  const problems = [...commonProblems(content, origin), ...fieldProblems(content, eventType)]
  // Only fields of the right kind can be looked up in the project.
  if (!problems.some(isSerious)) {
    problems.push(...ownerProblems(content, origin, project), ...projectProblems(content, eventType, project))
  }
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
  const mappingValue = mappingValueOf(content, origin)
  if (typeof mappingValue === 'string') event.mappingValue = mappingValue
  if (origin.bodyUa && typeof content.userAgent === 'string') event.userAgent = content.userAgent
  for (const [name, field] of fieldsOf(eventType)) {
    const value = content[name]
    if (value !== undefined) event[name] = typeof value === 'string' ? value.slice(0, field.cutAt) : value
  }
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

/** Problems that depend on the project: unknown goals, unknown custom data, and values that are too long. */
export function projectProblems(
  content: Record<string, unknown>,
  eventType: EventType,
  project: ProjectData
): Problem[] {
  if (eventType === 'CONVERSION') return conversionProblems(content, project)
  if (eventType === 'CUSTOMDATA') return customDataProblems(content, project)
  return []
}

function conversionProblems({ goalId, metadata }: Record<string, unknown>, project: ProjectData): Problem[] {
  const problems = goalId === undefined ? [] : goalProblems(goalId, project)
  const indices = isObject(metadata) ? Object.keys(metadata).map(Number) : []
  return [...problems, ...indices.flatMap((index) => indexProblems(index, 'metadata', project))]
}

function goalProblems(goalId: unknown, project: ProjectData): Problem[] {
  const goal = project.goal(goalId)
  const named = { field: 'goalId', value: goalId }
  if (!goal) return [{ reason: 'goal unknown in this project', ...named }]
  return goal.isArchived ? [{ reason: `goal '${goal.name}' is archived`, ...named }] : []
}

/** Without values it clears the custom data, which takes `overwrite`. */
function customDataProblems(content: Record<string, unknown>, project: ProjectData): Problem[] {
  const { index, valuesCountMap, overwrite, mappingIdentifier } = content
  const problems = index === undefined ? [] : indexProblems(index, 'index', project)
  if (mappingIdentifier === true && project.mappingIdentifier?.index !== index) {
    problems.push({ reason: 'custom data is not the cross-device id of this project', field: 'index', value: index })
  }
  const values = isObject(valuesCountMap) ? Object.keys(valuesCountMap) : []
  if (isObject(valuesCountMap) && values.length === 0 && overwrite !== true) {
    return [...problems, { reason: 'no values, and no overwrite', field: 'valuesCountMap', value: valuesCountMap }]
  }
  if (values.every((value) => value.length <= LIMITS.customDataValueLength)) return problems
  const reason = `a value longer than ${LIMITS.customDataValueLength} characters`
  return [...problems, { reason, field: 'valuesCountMap', value: valuesCountMap }]
}

function indexProblems(index: unknown, field: string, project: ProjectData): Problem[] {
  const customData = project.customDataAt(index)
  if (!customData) return [{ reason: 'custom data index unknown in this project', field, value: index }]
  if (customData.isLocalOnly) return [{ reason: 'custom data is kept in the browser only', field, value: index }]
  return []
}
