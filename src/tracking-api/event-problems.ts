import { isNestedDeeper, MOST_LEVELS } from './nesting'

/** What is wrong with a field of an event. */
export interface Problem {
  field: string
  message: string
}

/**
 * Limits of Segment's Tracking API. A kilobyte has 1024 bytes, as Segment's own libraries count.
 * https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#errors
 */
export const TRACKING_LIMITS = {
  eventBytes: 32 * 1024,
  batchBytes: 500 * 1024,
  eventsPerBatch: 2_500,
  messageIdLength: 100
} as const

/** Calls of Segment's spec. https://segment.com/docs/connections/spec/ */
export const EVENT_TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const

/** A call of Segment's spec, or `delete`, the type of the event that a destination gets for a user who is to be deleted. */
export type EventType = (typeof EVENT_TYPES)[number] | 'delete'

const OBJECTS = ['properties', 'traits', 'context', 'integrations']

/**
 * The reasons for which Segment drops an event after it answered 200; empty for a valid event. Segment shows them in its
 * debugger. https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#errors and the discard reasons
 * of https://segment.com/docs/connections/delivery-overview/
 * @param whole the event together with what its batch sets for all events
 * @param types those that are taken
 */
export function eventProblems(
  event: Record<string, unknown>,
  whole = event,
  types: readonly EventType[] = EVENT_TYPES
): Problem[] {
  if (isNestedDeeper(whole, MOST_LEVELS)) return [problem('event', `is nested more than ${MOST_LEVELS} levels deep`)]
  return [...typeProblems(event, types), ...idProblems(event), ...objectProblems(whole), ...sizeProblems(event)]
}

function typeProblems(
  { type, event, groupId, previousId, name }: Record<string, unknown>,
  types: readonly unknown[]
): Problem[] {
  if (!types.includes(type)) return [problem('type', `must be one of ${types.join(', ')}, not ${shown(type)}`)]
  if (type === 'track') return textProblems('event', event, 'a track call needs the name of the event')
  if (type === 'group') return textProblems('groupId', groupId, 'a group call needs the id of the group')
  if (type === 'alias') return textProblems('previousId', previousId, 'an alias call needs the previous id')
  const isNamed = name !== undefined && name !== null
  return isNamed && typeof name !== 'string' ? [problem('name', `must be text, not ${shown(name)}`)] : []
}

function textProblems(field: string, value: unknown, need: string): Problem[] {
  if (isAbsent(value)) return [problem(field, `is missing: ${need}`)]
  const isText = typeof value === 'string' || (field !== 'event' && typeof value === 'number')
  return isText ? [] : [problem(field, `must be text, not ${shown(value)}`)]
}

function idProblems({ userId, anonymousId, messageId }: Record<string, unknown>): Problem[] {
  const problems: Problem[] = []
  if (isAbsent(userId) && isAbsent(anonymousId)) {
    problems.push(problem('userId', 'is missing: every event needs a userId or an anonymousId'))
  }
  for (const [field, value] of Object.entries({ userId, anonymousId, messageId })) {
    if (typeof value === 'object' && value !== null) problems.push(problem(field, `must be text, not ${shown(value)}`))
  }
  const { messageIdLength } = TRACKING_LIMITS
  if (typeof messageId === 'string' && messageId.length > messageIdLength) {
    problems.push(problem('messageId', `has ${messageId.length} characters; at most ${messageIdLength} are allowed`))
  }
  return problems
}

function objectProblems(event: Record<string, unknown>): Problem[] {
  return OBJECTS.filter((field) => {
    const value = event[field]
    return value !== undefined && value !== null && (typeof value !== 'object' || Array.isArray(value))
  }).map((field) => problem(field, `must be an object, not ${shown(event[field])}`))
}

function sizeProblems(event: Record<string, unknown>): Problem[] {
  const bytes = Buffer.byteLength(JSON.stringify(event))
  if (bytes <= TRACKING_LIMITS.eventBytes) return []
  return [problem('event', `has ${bytes} bytes; an event has at most ${TRACKING_LIMITS.eventBytes}`)]
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

function problem(field: string, message: string): Problem {
  return { field, message }
}

const LONGEST_SHOWN = 60

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}
