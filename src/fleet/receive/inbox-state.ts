import { messageOf } from '../../segment-host'
import type { InboxQueue } from './inbox-queue'

/** Whether the inbox can be reached, as far as the last look at it tells. */
export type Reach =
  { kind: 'unknown' } | { kind: 'reachable'; waiting: number } | { kind: 'unreachable'; reason: string }

/** How much may wait in the inbox. */
export const INBOX_LIMITS = {
  /** Jobs; each has a cost of its own, however small it is. */
  jobs: 20_000,
  /** Bytes of events, as estimated from the jobs that this process added lately. */
  bytes: 512 * 1024 * 1024
} as const

/** How often the inbox is looked at, and how long an answer may take, in milliseconds. */
const INTERVAL_MS = 1_000
const ANSWER_MS = 3_000

/** The weight of the latest job in the mean size of jobs. */
const LATEST = 0.1

/** Looks at the inbox every second, so that requests can be answered without asking it each time. */
export class InboxState {
  reach: Reach = { kind: 'unknown' }
  private meanBytes = 0
  private timer: NodeJS.Timeout | undefined

  /** @param onChange is called when the inbox becomes reachable or unreachable, full, or no longer full */
  constructor(
    private readonly queue: Pick<InboxQueue, 'size'>,
    private readonly onChange: (text: string) => void = () => undefined,
    private readonly limits: { jobs: number; bytes: number } = INBOX_LIMITS
  ) {}

  get isFull(): boolean {
    const { jobs, bytes } = this.limits
    const waiting = this.reach.kind === 'reachable' ? this.reach.waiting : 0
    return waiting >= jobs || waiting * this.meanBytes >= bytes
  }

  /** A job of this size was added. */
  added(bytes: number): void {
    this.meanBytes += this.meanBytes === 0 ? bytes : LATEST * (bytes - this.meanBytes)
  }

  /** Looks at the inbox now. Never rejects. */
  async look(answerMs = ANSWER_MS): Promise<void> {
    const before = this.text()
    this.reach = await reachOf(this.queue, answerMs)
    const now = this.text()
    if (now !== before) this.onChange(now)
  }

  private text(): string {
    if (this.reach.kind === 'unreachable') return `The queue cannot be reached: ${this.reach.reason}`
    return this.isFull ? 'The inbox of the queue is full: events are answered with 429' : 'The queue takes events'
  }

  start(): void {
    this.timer = setTimeout(() => void this.look().then(() => this.timer && this.start()), INTERVAL_MS)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }
}

async function reachOf(queue: Pick<InboxQueue, 'size'>, answerMs: number): Promise<Reach> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Reach>((resolve) => {
    timer = setTimeout(resolve, answerMs, { kind: 'unreachable', reason: `no answer within ${answerMs} ms` })
  })
  const looked = queue.size().then(
    (waiting): Reach => ({ kind: 'reachable', waiting }),
    (error): Reach => ({ kind: 'unreachable', reason: messageOf(error) })
  )
  try {
    return await Promise.race([looked, late])
  } finally {
    clearTimeout(timer)
  }
}
