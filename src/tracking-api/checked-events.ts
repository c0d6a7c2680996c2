import { completed, isRecord, type CompleteEvent, type Envelope } from '../segment-host'
import { EVENT_TYPES, eventProblems, TRACKING_LIMITS, type EventType, type Problem } from './event-problems'

/** An event that Segment would drop after its answer; `index` counts from 0 within the call. */
export interface Dropped {
  index: number
  problems: Problem[]
}

/** An event of a call, completed as Segment does, with what is wrong with it. */
export type CheckedEvent =
  { kind: 'valid'; event: CompleteEvent } | ({ kind: 'dropped'; event: CompleteEvent } & Dropped)

export interface CheckOptions {
  /** Types of events that are taken. Default: the calls of Segment's spec. */
  types?: readonly EventType[]
  /** Most events of a call. Default: Segment's limit. */
  most?: number
}

/**
 * Completes and checks the events of a call, each for itself, so that one that is not valid does not affect the others.
 * @param envelopeOf what the call sets for an event
 */
export function checkedEvents(
  events: readonly unknown[],
  envelopeOf: (event: Record<string, unknown>) => Envelope,
  { types = EVENT_TYPES, most = TRACKING_LIMITS.eventsPerBatch }: CheckOptions = {}
): CheckedEvent[] {
  return events.map((event, index) => {
    if (!isRecord(event)) return { kind: 'dropped', event: { value: event }, index, problems: [NOT_AN_OBJECT] }
    const whole = completed(event, envelopeOf(event))
    const problems = [...eventProblems(event, whole, types), ...(index >= most ? [tooMany(most)] : [])]
    return problems.length > 0 ? { kind: 'dropped', event: whole, index, problems } : { kind: 'valid', event: whole }
  })
}

const NOT_AN_OBJECT: Problem = { field: 'batch', message: 'contains something that is not a JSON object' }

function tooMany(most: number): Problem {
  return { field: 'batch', message: `has more than ${most} events; this one and those after it are dropped` }
}
