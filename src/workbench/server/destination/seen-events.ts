import type { SegmentEvent } from '@segment/actions-core'
import { setImmediate } from 'timers/promises'
import { matcherOf, type Matches } from '../../../segment-host'
import type { Sample, SeenEvents } from '../../contract'
import type { LiveEvent } from '../event-log/live-event'
import { EventPaths } from './event-paths'

/** Other requests are answered after this many milliseconds of work. */
const SLICE_MS = 10

/** Most milliseconds of work for one answer. The latest events are compared first. */
const MOST_MS = 1_000

/** Most events that are listed, and most whose paths are collected. */
const MOST_LISTED = 20
const MOST_EXAMINED = 200

interface SeenOptions {
  /** Every event that is kept, oldest first. */
  events: LiveEvent[]
  samples: Sample[]
  /** Milliseconds of a clock that never goes back. Default: that of the process. */
  now?: () => number
}

/**
 * Which of the kept events a filter takes, and what they contain. The work is done in slices, so that the server stays
 * responsive, and ends after a second with the events that were compared until then.
 * @param filter a valid filter, or empty text for all events
 */
export async function seenEvents(filter: string, { events, samples, now = ownTime }: SeenOptions): Promise<SeenEvents> {
  const matches = filter === '' ? everything : (matcherOf(filter) ?? nothing)
  const paths = new EventPaths()
  const found: SeenEvents = { seen: events.length, checked: 0, taken: 0, events: [], samples: [], paths: [] }
  const slices = new Slices(now)
  for (const live of [...events].reverse()) {
    if (!(await slices.goOn())) break
    found.checked++
    compare(live, matches, found, paths)
  }
  for (const { id, event } of samples) {
    if (!matches(event as unknown as SegmentEvent)) continue
    found.samples.push(id)
    paths.add(event)
  }
  return { ...found, paths: paths.list() }
}

const ownTime = (): number => performance.now()
const everything: Matches = () => true
const nothing: Matches = () => false

function compare(live: LiveEvent, matches: Matches, found: SeenEvents, paths: EventPaths): void {
  // The text was written from an event.
  const event = JSON.parse(live.arrival.text) as SegmentEvent
  if (!matches(event)) return
  found.taken++
  if (found.taken <= MOST_LISTED) found.events.push(live.summary())
  if (found.taken <= MOST_EXAMINED) paths.add(event)
}

/** Lets others work from time to time, and says when enough was done. */
class Slices {
  private worked = 0
  private since: number

  constructor(private readonly now: () => number) {
    this.since = now()
  }

  /** False when the time is used up. Time in which others worked does not count. */
  async goOn(): Promise<boolean> {
    const spent = this.now() - this.since
    if (spent < SLICE_MS) return true
    this.worked += spent
    await setImmediate()
    this.since = this.now()
    return this.worked < MOST_MS
  }
}
