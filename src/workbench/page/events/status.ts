import type { EventStatus } from '../../contract'
import type { Tone } from '../parts/tone-badge'

export const STATUS: Record<EventStatus, { label: string; tone: Tone; meaning: string }> = {
  waiting: { label: 'Waiting', tone: 'wait', meaning: 'not settled yet' },
  retrying: { label: 'Retrying', tone: 'again', meaning: 'an attempt failed and another follows' },
  delivered: { label: 'Delivered', tone: 'good', meaning: 'Kameleoon accepted it' },
  filtered: { label: 'Filtered', tone: 'quiet', meaning: 'no mapping took it, or it was filtered on purpose' },
  rejected: { label: 'Rejected', tone: 'bad', meaning: 'rejected for good, not sent again' }
}

/** The kinds of call that Segment has. */
export const CALL_TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias']
