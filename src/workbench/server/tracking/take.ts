import type { Problem } from '../../contract'
import { MOST_LEVELS } from '../api/requests'
import type { WorkbenchContext } from '../context'
import { type CompleteEvent, receive } from '../delivery/receive'
import { type Envelope, completed } from './completed'
import { TRACKING_LIMITS, eventProblems } from './event-problems'
import { isObject } from './tracking-request'

/** An event that Segment would drop after answering; `index` counts from 0 within the call. */
interface Dropped {
  index: number
  problems: Problem[]
}

/**
 * Takes the events of a call. Segment answers 200 to events it then drops and tells its debugger why: they are in the
 * stream, as rejected, and the answer names them as well. Their neighbours go their way.
 */
export function take(context: WorkbenchContext, events: unknown[], common: Omit<Envelope, 'receivedAt'>) {
  const envelope = { ...common, receivedAt: context.clock() }
  const rejected = events.map((event, index) => takeOne(context, event, index, envelope)).filter((one) => one !== null)
  return { success: true, ...(rejected.length > 0 && { rejected }) }
}

function takeOne(context: WorkbenchContext, event: unknown, index: number, envelope: Envelope): Dropped | null {
  if (!isObject(event)) return drop(context, { value: event }, index, [NOT_AN_OBJECT])
  const whole = completed(event, envelope)
  const problems = [...eventProblems(event, whole), ...(index >= TRACKING_LIMITS.eventsPerBatch ? [TOO_MANY] : [])]
  if (problems.length > 0) return drop(context, whole, index, problems)
  receive(context, whole, 'tracking-api')
  return null
}

function drop(context: WorkbenchContext, event: Record<string, unknown>, index: number, problems: Problem[]): Dropped {
  const reason = problems.map(({ field, message }) => `${field} ${message}`).join('; ')
  const shown = cutBelow(event, MOST_LEVELS) as CompleteEvent
  receive(context, shown, 'tracking-api', `Segment would drop it: ${reason}`)
  return { index, problems }
}

const NOT_AN_OBJECT: Problem = { field: 'batch', message: 'holds something that is no JSON object' }
const TOO_MANY: Problem = {
  field: 'batch',
  message: `has more than ${TRACKING_LIMITS.eventsPerBatch} events; this one and those behind it are dropped`
}

/** The value with a mark in the place of whatever lies deeper. */
export function cutBelow(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) return '…'
  if (Array.isArray(value)) return value.map((member) => cutBelow(member, levels - 1))
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cutBelow(member, levels - 1)]))
}
