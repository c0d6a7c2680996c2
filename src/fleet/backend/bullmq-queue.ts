import type { IQueueBackend, Job, JobJson, Queue, QueueOptions, WorkerOptions } from 'bullmq'
import { memberOf } from '../../segment-host'
import type { FleetQueue } from './backend'

/** Options of queues that BullMQ reads for workers: here jobs are taken without its workers, from the queue itself. */
type TakingOptions = Pick<WorkerOptions, 'lockDuration' | 'maxStalledCount' | 'stalledInterval'>

/**
 * Options of every queue.
 * @param lockMilliseconds how long a process may be silent before its jobs are given to others
 */
export function queueOptions(lockMilliseconds: number): Omit<QueueOptions, 'connection'> & TakingOptions {
  return {
    prefix: 'kameleoon',
    // A warning on the console is not enough. See risks().
    skipVersionCheck: true,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    // Nobody reads BullMQ's list of what happened, which would keep 10,000 entries for each queue.
    streams: { events: { maxLen: 100 } },
    lockDuration: lockMilliseconds,
    stalledInterval: Math.ceil(lockMilliseconds / 3),
    // A job whose process ends is never failed for that.
    maxStalledCount: 1_000_000_000
  }
}

/** Jobs of one partition are worked on one after the other, jobs of other queues side by side. */
const isPartition = (name: string) => name.startsWith('partition-')

interface Taking {
  /** BullMQ's class, which is loaded late. */
  Job: typeof Job
  lockMilliseconds: number
  /** Puts back jobs of processes that have ended, before all others. */
  recover: () => Promise<string[]>
}

/**
 * A queue of BullMQ whose jobs are taken by hand: BullMQ's own workers take the next job of a queue when they finish one,
 * so that one process keeps a queue to itself, and each would need connections of its own.
 */
export function bullmqQueue(queue: Queue, { Job, lockMilliseconds, recover }: Taking): FleetQueue {
  // The connection says what is wrong by itself. Without a listener the process would end.
  queue.on('error', () => undefined)
  const backend: IQueueBackend = queue.getBackend()
  const prepared = once(async () => {
    if (isPartition(queue.name)) await queue.setGlobalConcurrency(1)
  })
  return {
    queue,
    async take(token) {
      await prepared()
      // BullMQ's type says nothing of it: what `fromJSON` takes and the id, or nothing.
      const [data, id] = (await backend.moveToActive(token)) as [JobJson?, string?]
      return data ? Job.fromJSON(queue, data, id) : undefined
    },
    putBack: (job, token) => unlessLost(backend.retryJob(idOf(job), true, token)),
    putLast: (job, token) => unlessLost(backend.retryJob(idOf(job), false, token)),
    recover,
    extend: async (job, token) => (await backend.extendLocks([idOf(job)], [token], lockMilliseconds)).length === 0
  }
}

function idOf(job: Job): string {
  if (job.id === undefined) throw new Error('A job that was taken has an id')
  return job.id
}

/** BullMQ's codes for: no such job, its lock has run out, it is not taken, another process has it. */
const LOST: readonly unknown[] = [-1, -2, -3, -6]

// What was given to another process in the meantime is no longer this one's to put anywhere.
async function unlessLost(moved: Promise<void>): Promise<void> {
  try {
    await moved
  } catch (error) {
    if (!LOST.includes(memberOf(error, 'code'))) throw error
  }
}

/** Runs an action at the first call, and again only if it failed. */
function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return async () => {
    done ??= action()
    try {
      await done
    } catch (error) {
      done = undefined
      throw error
    }
  }
}
