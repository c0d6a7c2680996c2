import { randomUUID } from 'crypto'
import type { EventStatus, LineProblem, Run as RunReport } from '../../contract'
import type { LiveEvent } from '../event-log/live-event'

/** What a run sends. */
export interface RunPlan {
  kind: RunReport['kind']
  title: string
  /** Size of the file; null for a replay. */
  bytes?: number
  /** How many events are replayed; not known for a file. */
  total?: number
}

/** Unsettled events take memory, so no more of a run are received while this many wait. */
const MOST_UNSETTLED = 5_000

/** A file may have as many wrong lines as it has lines. */
const MOST_PROBLEMS = 100

interface Seen {
  status: EventStatus
  discarded: boolean
  duplicate: boolean
}

/** Many events that are sent together, with counts of their outcomes. */
export class Run {
  readonly id = randomUUID()
  readonly problems: LineProblem[] = []
  bytesRead = 0
  private readonly seen = new WeakMap<LiveEvent, Seen>()
  private readonly counts = { waiting: 0, retrying: 0, delivered: 0, filtered: 0, rejected: 0 }
  private events = 0
  private discarded = 0
  private duplicates = 0
  private problemCount = 0
  private sentAt: number | null = null
  private stopped: string | null = null
  private endedAt: number | null = null
  private readonly startedAt: number
  private whenRoom: (() => void)[] = []

  constructor(
    private readonly plan: RunPlan,
    private readonly clock: () => number
  ) {
    this.startedAt = clock()
  }

  /** Counts an event that was received, and follows it. */
  add(event: LiveEvent): void {
    const seen = seenIn(event)
    this.seen.set(event, seen)
    this.events++
    this.counts[seen.status]++
    this.discarded += Number(seen.discarded)
    this.duplicates += Number(seen.duplicate)
  }

  /** To be called after each change of one of its events. */
  update(event: LiveEvent): void {
    const before = this.seen.get(event)
    if (!before) return
    const now = seenIn(event)
    this.seen.set(event, now)
    this.counts[before.status]--
    this.counts[now.status]++
    this.discarded += Number(now.discarded) - Number(before.discarded)
    this.duplicates += Number(now.duplicate) - Number(before.duplicate)
    this.noteProgress()
  }

  /** Notes a line that is no event, or one that Segment would drop. */
  addProblem(problem: LineProblem): void {
    this.problemCount++
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(problem)
  }

  /** Resolves when further events may be received: few enough wait, or the run was stopped. */
  room(): Promise<void> {
    if (this.hasRoom) return Promise.resolve()
    return new Promise((resolve) => this.whenRoom.push(resolve))
  }

  /** No further events are received. Those that wait are still delivered. Later reasons are ignored. */
  stop(reason: string): void {
    if (this.sentAt !== null) return
    this.stopped ??= reason
    this.noteProgress()
  }

  get isStopped(): boolean {
    return this.stopped !== null
  }

  /** To be called when all events are received. */
  sent(): void {
    this.sentAt ??= this.clock() + 1
    this.noteProgress()
  }

  get hasEnded(): boolean {
    return this.endedAt !== null
  }

  report(): RunReport {
    const { kind, title, bytes = null, total = null } = this.plan
    const { id, stopped, bytesRead, events, discarded, duplicates, problemCount } = this
    return {
      ...{ id, kind, title, startedAt: iso(this.startedAt) },
      sentAt: this.sentAt === null ? null : iso(this.sentAt),
      endedAt: this.endedAt === null ? null : iso(this.endedAt),
      state: this.sentAt === null ? 'sending' : this.hasEnded ? 'ended' : 'delivering',
      ...{ stopped, bytes, bytesRead, total, events, ...this.counts, discarded, duplicates, problems: problemCount }
    }
  }

  private get unsettled(): number {
    return this.counts.waiting + this.counts.retrying
  }

  private get hasRoom(): boolean {
    return this.unsettled < MOST_UNSETTLED || this.isStopped
  }

  private noteProgress(): void {
    if (this.sentAt !== null && this.unsettled === 0) this.endedAt ??= this.clock()
    if (!this.hasRoom) return
    this.whenRoom.forEach((resolve) => resolve())
    this.whenRoom = []
  }
}

function seenIn(event: LiveEvent): Seen {
  return { status: event.status, discarded: event.discarded > 0, duplicate: event.isDuplicate }
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
