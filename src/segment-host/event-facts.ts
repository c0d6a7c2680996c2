import type { SegmentEvent } from '@segment/actions-core'

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000

/** Segment did not exist before, so an earlier time is that of a clock that was never set. */
const EARLIEST_TIME = Date.UTC(2010, 0, 1)

/** Whether an event happened more than a day ago, which matters where a destination counts events when they arrive. */
export function isOld({ timestamp }: SegmentEvent, now: number): boolean {
  const time = new Date(timestamp ?? NaN).getTime()
  return time >= EARLIEST_TIME && time < now - DAY_MILLISECONDS
}

/** Characters of an event's type or name in a reason. */
const LONGEST_NAME = 80

/** Why an event that no subscription takes is filtered. */
export function unmatchedReason(event: SegmentEvent): string {
  return `no subscription matched: ${describe(event)}`
}

function describe(event: SegmentEvent): string {
  const { type, event: name }: { type?: unknown; event?: unknown } = event
  if (type === undefined) return 'no type'
  const kind = typeof type === 'string' ? `type ${type.slice(0, LONGEST_NAME)}` : 'type is not text'
  return typeof name === 'string' ? `${kind}, event "${name.slice(0, LONGEST_NAME)}"` : kind
}
