import type { SegmentEvent } from '@segment/actions-core'
import type { Matches } from '../../segment-host'
import { CALLS_OF_ACTION } from './action-keys'

const TYPES: ReadonlyArray<SegmentEvent['type']> = ['track', 'page', 'screen', 'identify', 'group', 'alias']

/** Types of calls that a trigger takes, whatever else they hold, but of which the action can tell Kameleoon nothing. */
export function foreignCalls(matches: Matches, partnerAction: string): string[] {
  const own = CALLS_OF_ACTION[partnerAction] ?? []
  return TYPES.filter((type) => !own.includes(type) && matches({ type }))
}
