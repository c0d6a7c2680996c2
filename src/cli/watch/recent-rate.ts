import type { Position } from './watch'

interface Sample {
  at: number
  events: number
  bytes: number
}

/** How far back the rate looks. */
const WINDOW_MS = 10_000
/** A sample more often than this would only cost memory. */
const SAMPLE_MS = 500
/** A rate over less time than this would jump. */
const SHORTEST_MS = 200

/** How fast a run has moved in the last ten seconds or so. */
export class RecentRate {
  /** In the order of time. The first one is the youngest that is older than the window, or the first position of the run. */
  private readonly samples: Sample[] = []
  private latest: Sample | undefined

  add({ events, bytes }: Position, at: number): void {
    this.latest = { at, events, bytes }
    const last = this.samples[this.samples.length - 1]
    if (!last || at - last.at >= SAMPLE_MS) this.samples.push(this.latest)
    this.forget(at)
  }

  /** Events a second; undefined as long as there is too little to tell. */
  eventsPerSecond(now: number): number | undefined {
    return this.perSecond(now, 'events')
  }

  /** Seconds until all bytes are read at the present rate; undefined when that is not known. */
  secondsLeft({ bytes, totalBytes }: Position, now: number): number | undefined {
    const rate = this.perSecond(now, 'bytes')
    if (totalBytes === undefined || !rate) return undefined
    return Math.max(totalBytes - bytes, 0) / rate
  }

  private perSecond(now: number, unit: 'events' | 'bytes'): number | undefined {
    this.forget(now)
    const [first] = this.samples
    if (!first || !this.latest || now - first.at < SHORTEST_MS) return undefined
    return ((this.latest[unit] - first[unit]) * 1000) / (now - first.at)
  }

  private forget(now: number): void {
    while (this.samples.length > 1 && this.samples[1].at <= now - WINDOW_MS) this.samples.shift()
  }
}
