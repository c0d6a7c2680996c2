import type { WorkbenchContext } from '../context'
import { receive, type CompleteEvent } from '../delivery/receive'
import type { Problem } from '../../contract'
import { completed, type Envelope } from './completed'
import { eventProblems } from './event-problems'
import { TRACKING_LIMITS } from './limits'
import { cutBelow, MOST_LEVELS } from './nesting'
import { isObject } from './tracking-body'

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
