import { setTimeout } from 'timers/promises'
import { messageOf } from '../../segment-host'
import { LOCK_MILLISECONDS, RECOVERY_MILLISECONDS } from '../backend/backend'
import type { TakenJob } from '../jobs/taken-job'
import { mayTry, stateOf, type FleetState } from '../manage/fleet-state'
import { JobRunner, type JobRunnerOptions } from './job-runner'
import { takeJob } from './take-job'

export interface WorkerOptions extends JobRunnerOptions {
  /** Most jobs under way at once. */
  concurrency: number
  /** Called when what workers may do changes. */
  onState?: (state: FleetState) => void
  /** Called when the queue cannot be used for now. */
  onTrouble?: (reason: string) => void
}

/** Milliseconds. */
const TIMES = {
  /** Between two looks for work when there is none. */
  firstIdle: 20,
  longestIdle: 500,
  /** Between two looks whether workers may take jobs. */
  state: 500,
  /** Before a partition is looked at again whose next job has to wait. */
  waiting: 100,
  /** After a failure of the queue. */
  trouble: 1_000,
  /** How long jobs under way may take to settle once the worker is stopped. */
  settling: 10_000
}

/**
 * Works on the jobs of a fleet until the signal is aborted. Jobs under way then have ten seconds to settle, and what is left of
 * them goes back to the queue.
 */
export async function work(options: WorkerOptions): Promise<void> {
  await new Worker(options).run()
}

class Worker {
  private readonly runner: JobRunner
  /** Partitions with a job of this worker. */
  private readonly busy = new Set<number>()
  private readonly underWay = new Set<Promise<void>>()
  /** When a partition may be looked at again, whose next job had to wait. */
  private readonly waitingUntil = new Map<number, number>()
  private state: FleetState = { kind: 'open' }
  private stateAt = -Infinity
  private recoveredAt = -Infinity
  /** Where to begin looking for work, so that every partition gets its turn. */
  private nextPartition = Math.floor(Math.random() * 1_000)

  constructor(private readonly options: WorkerOptions) {
    this.runner = new JobRunner(options)
  }

  async run(): Promise<void> {
    const { signal, onTrouble } = this.options
    let idle = TIMES.firstIdle
    while (!signal.aborted) {
      try {
        const hasTaken = await this.step()
        idle = hasTaken ? TIMES.firstIdle : Math.min(idle * 2, TIMES.longestIdle)
        if (!hasTaken) await this.rest(idle)
      } catch (error) {
        onTrouble?.(messageOf(error))
        await this.rest(TIMES.trouble)
      }
    }
    await Promise.race([Promise.all(this.underWay), setTimeout(TIMES.settling, undefined, { ref: false })])
  }

  /** Takes a job if there is one for which there is room. */
  private async step(): Promise<boolean> {
    if (this.underWay.size >= this.options.concurrency) {
      await Promise.race(this.underWay)
      return true
    }
    await this.look()
    await this.recover()
    if (!(await this.maySend())) return false
    const taken = await this.take()
    if (!taken) return false
    this.start(taken)
    return true
  }

  private start(taken: TakenJob): void {
    const running = this.runJob(taken).finally(() => {
      this.underWay.delete(running)
      this.busy.delete(taken.partition)
    })
    this.underWay.add(running)
  }

  /** Never rejects. A job that fails here stays taken until its lock expires, and comes back then. */
  private async runJob(taken: TakenJob): Promise<void> {
    const lost = new AbortController()
    const timer = setInterval(() => void extend(taken, lost), LOCK_MILLISECONDS / 3)
    try {
      const mayHaveChanged = await this.runner.run(taken, this.state, lost.signal)
      // The next job must not be a trial that is not due, or wait for one that is over.
      if (mayHaveChanged) this.stateAt = -Infinity
    } catch (error) {
      this.options.onTrouble?.(messageOf(error))
    } finally {
      clearInterval(timer)
    }
  }

  private async maySend(): Promise<boolean> {
    if (this.state.kind === 'open') return true
    if (this.state.kind === 'paused' || this.underWay.size > 0) return false
    return mayTry(this.options.fleet, this.state.outage)
  }

  private async look(): Promise<void> {
    const now = performance.now()
    if (now - this.stateAt < TIMES.state) return
    this.stateAt = now
    const before = this.state.kind
    this.state = await stateOf(this.options.fleet)
    if (this.state.kind !== before) this.options.onState?.(this.state)
  }

  /** Gives jobs of workers that have ended to those that have not. */
  private async recover(): Promise<void> {
    const now = performance.now()
    if (now - this.recoveredAt < RECOVERY_MILLISECONDS) return
    this.recoveredAt = now
    await Promise.all(this.options.fleet.partitions.map((partition) => partition.recover()))
  }

  private async take(): Promise<TakenJob | undefined> {
    const count = this.options.fleet.partitions.length
    for (let tried = 0; tried < count; tried++) {
      const partition = this.nextPartition++ % count
      const taken = await this.takeFrom(partition)
      if (taken) return taken
    }
    return undefined
  }

  private async takeFrom(partition: number): Promise<TakenJob | undefined> {
    if (this.busy.has(partition) || (this.waitingUntil.get(partition) ?? 0) > performance.now()) return undefined
    this.busy.add(partition)
    let found: Awaited<ReturnType<typeof takeJob>> = { kind: 'nothing' }
    try {
      do found = await takeJob(this.options.fleet, partition)
      while (found.kind === 'finished')
    } finally {
      if (found.kind !== 'job') this.busy.delete(partition)
    }
    if (found.kind === 'waiting') this.waitingUntil.set(partition, performance.now() + TIMES.waiting)
    return found.kind === 'job' ? found.taken : undefined
  }

  /** Waits, at most until a job of this worker ends or the worker is stopped. */
  private async rest(milliseconds: number): Promise<void> {
    const end = new AbortController()
    const signal = AbortSignal.any([this.options.signal, end.signal])
    const pause = setTimeout(milliseconds, undefined, { signal }).catch(() => undefined)
    await Promise.race([pause, ...this.underWay])
    end.abort()
  }
}

async function extend({ from, job, token }: TakenJob, lost: AbortController): Promise<void> {
  // While the queue is out of reach, nobody knows. Another worker takes the job when the lock has expired.
  const isOurs = await from.extend(job, token).catch(() => true)
  if (!isOurs) lost.abort()
}
