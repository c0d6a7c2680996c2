import { completed, isRecord, type CompleteEvent, type Envelope } from '../../../segment-host'
import type { Problem } from '../../contract'
import { MOST_LEVELS } from '../api/requests'
import { type Receiver, receive } from '../delivery/receive'
import { TRACKING_LIMITS, eventProblems } from './event-problems'

/** An event that Segment would drop after its answer; `index` counts from 0 within the call. */
interface Dropped {
  index: number
  problems: Problem[]
}

/**
 * Receives the events of a call. Segment answers 200 also to events it then drops, and names the reason in its debugger
 * only. Here they are shown in the event stream as rejected, and the answer lists them too. The other events of the call
 * are delivered.
 */
export function take(receiver: Receiver, events: unknown[], common: Omit<Envelope, 'receivedAt'>) {
  const envelope = { ...common, receivedAt: receiver.clock() }
  const rejected = events.map((event, index) => takeOne(receiver, event, index, envelope)).filter((one) => one !== null)
  return { success: true, ...(rejected.length > 0 && { rejected }) }
}

function takeOne(receiver: Receiver, event: unknown, index: number, envelope: Envelope): Dropped | null {
  if (!isRecord(event)) return drop(receiver, { value: event }, index, [NOT_AN_OBJECT])
  const whole = completed(event, envelope)
  const problems = [...eventProblems(event, whole), ...(index >= TRACKING_LIMITS.eventsPerBatch ? [TOO_MANY] : [])]
  if (problems.length > 0) return drop(receiver, whole, index, problems)
  receive(receiver, whole, 'tracking-api')
  return null
}

function drop(receiver: Receiver, event: CompleteEvent, index: number, problems: Problem[]): Dropped {
  const reason = problems.map(({ field, message }) => `${field} ${message}`).join('; ')
  receive(receiver, shortened(event), 'tracking-api', `Segment would drop it: ${reason}`)
  return { index, problems }
}

/** The event as it can be written as JSON without running out of stack. */
function shortened(event: CompleteEvent): CompleteEvent {
  return Object.fromEntries(Object.entries(event).map(([key, value]) => [key, cutBelow(value, MOST_LEVELS - 1)]))
}

/** The value with a mark in place of everything that is nested deeper. */
function cutBelow(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) return '…'
  if (Array.isArray(value)) return value.map((member) => cutBelow(member, levels - 1))
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cutBelow(member, levels - 1)]))
}

const NOT_AN_OBJECT: Problem = { field: 'batch', message: 'contains something that is not a JSON object' }
const TOO_MANY: Problem = {
  field: 'batch',
  message: `has more than ${TRACKING_LIMITS.eventsPerBatch} events; this one and those after it are dropped`
}
