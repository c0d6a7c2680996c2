import type { Pause, Settled } from '../../segment-host'
import { counted, plainText } from '../text'
import { RecentRate } from './recent-rate'
import type { Position } from './watch'

/** The state of a run, for those that show it from time to time, and its parts as texts. */
export class Progress {
  private at: Position = { events: 0, bytes: 0, totalBytes: undefined }
  private readonly rate = new RecentRate()
  private readonly outcomes = { delivered: 0, rejected: 0, undelivered: 0 }
  /** The pause that ends last, since that one holds up the run. */
  private pause: { until: number; waiting: Pause } | undefined

  /** @param now the present time in milliseconds */
  constructor(private readonly now: () => number) {}

  position(position: Position): void {
    this.at = position
    this.rate.add(position, this.now())
  }

  settled({ outcome }: Settled): void {
    const kind: string = outcome.kind
    if (kind === 'delivered' || kind === 'rejected' || kind === 'undelivered') this.outcomes[kind]++
  }

  waiting(waiting: Pause): void {
    const until = this.now() + waiting.milliseconds
    if (!this.pause || until >= this.pause.until) this.pause = { until, waiting }
  }

  /** From 0 to 1; undefined when the size is not known. */
  share(): number | undefined {
    const { bytes, totalBytes } = this.at
    return totalBytes ? Math.min(bytes / totalBytes, 1) : undefined
  }

  /** `42%`; empty when the size is not known. Never 100% before everything is read. */
  percent(): string {
    const share = this.share()
    return share === undefined ? '' : `${Math.floor(share * 100)}%`
  }

  /** `12,000 events` */
  events(): string {
    return counted(this.at.events, 'event')
  }

  /** Events a second, as a number with separators; empty as long as it is not known. */
  eventsPerSecond(): string {
    const rate = this.rate.eventsPerSecond(this.now())
    return rate === undefined ? '' : Math.round(rate).toLocaleString('en')
  }

  /** `2m 05s left`; empty when it is not known. */
  timeLeft(): string {
    const seconds = this.rate.secondsLeft(this.at, this.now())
    return seconds === undefined ? '' : `${durationText(seconds)} left`
  }

  /** `10 delivered, 2 rejected` */
  counts(): string {
    const { delivered, rejected, undelivered } = this.outcomes
    const known = [`${delivered.toLocaleString('en')} delivered`, `${rejected.toLocaleString('en')} rejected`]
    if (undelivered > 0) known.push(`${undelivered.toLocaleString('en')} not delivered`)
    return known.join(', ')
  }

  /** `waiting 12 s to send 500 again: ` and the reason, on one line; empty when nothing waits. */
  wait(): string {
    const left = this.pause ? this.pause.until - this.now() : 0
    if (!this.pause || left <= 0) return ''
    const { events, reason } = this.pause.waiting
    const seconds = Math.ceil(left / 1000).toLocaleString('en')
    return plainText(`waiting ${seconds} s to send ${events.toLocaleString('en')} again: ${reason}`)
  }
}

const MOST_HOURS = 100

function durationText(seconds: number): string {
  const whole = Math.ceil(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  if (hours >= MOST_HOURS) return `over ${MOST_HOURS}h`
  if (hours > 0) return `${hours}h ${twoDigits(minutes)}m`
  return minutes > 0 ? `${minutes}m ${twoDigits(whole % 60)}s` : `${whole}s`
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
