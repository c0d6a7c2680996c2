import type { SourceEvent } from '../events'
import { textOf, visitOf } from '../events/source-event'

/**
 * A track call that must convert a goal.
 * @param goal the goal's name; by default the one that is created for the event
 */
export function conversionOf(messageId: string, visitor: string, name: string, goal = goalFor(name)): SourceEvent {
  return {
    subscription: 'track',
    text: textOf(messageId, { type: 'track', event: name, properties: { kameleoonVisitorCode: visitor } }),
    expected: { kind: 'delivered', visits: [visitOf.conversion(visitor, goal, 0)], stored: [] }
  }
}

/** The name of a goal that is created for a track call, unless it is one of the emulator's. */
function goalFor(name: string): string {
  return ['Order Completed', 'Newsletter signup'].includes(name) ? name : `SegmentIO track - ${name}`
}
