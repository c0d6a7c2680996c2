import type { Job, Queue } from 'bullmq'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import type { SharedStore } from './shared-store'

/** Most requests in a time, shared by the fleet. */
export interface LimiterOptions {
  /** Names the budget. */
  name: string
  points: number
  /** Seconds; fractions count in milliseconds. */
  duration: number
}

/**
 * The database behind a queue: Redis or PostgreSQL. When it cannot be reached for a while, calls on Redis wait until it can;
 * calls on PostgreSQL fail, and work again afterwards.
 */
export interface Backend {
  kind: 'redis' | 'postgres'
  /** A queue that is kept in it. Queues of one name are one queue, in whatever process. */
  queue(name: string): FleetQueue
  store: SharedStore
  limiter(options: LimiterOptions): RateLimiterAbstract
  /** What may lose events that are on the queue, and what to do about it. Empty when nothing does. */
  risks(): Promise<string[]>
  close(): Promise<void>
}

/** How a queue is used by this process. */
export interface BackendOptions {
  /**
   * How long a process may be silent before its jobs are given to others, in milliseconds. Others look for such jobs three
   * times as often, and give one away when they see it the second time. The same in all processes. Default: 15,000.
   */
  lockMilliseconds?: number
}

/** A queue of BullMQ, with what differs between its backends. */
export interface FleetQueue {
  queue: Queue
  /**
   * Takes the next job, if there is one. Of queues that are named `partition-…` no job is given while another is taken;
   * of others any number is.
   */
  take(token: string): Promise<Job | undefined>
  /** Puts a job that was taken back to where it was: before all others. Does nothing if another process may have it by now. */
  putBack(job: Job, token: string): Promise<void>
  /** Puts a job that was taken behind all others. Does nothing if another process may have it by now. */
  putLast(job: Job, token: string): Promise<void>
  /** Puts back what processes had taken that have ended since, before all others. Of several jobs of one queue the order is
   * not kept; a partition never has more than one. @returns ids of jobs */
  recover(): Promise<string[]>
  /** Says that a job is still worked on. @returns false if another process may have it by now */
  extend(job: Job, token: string): Promise<boolean>
}

/** How long a process may be silent before its jobs are given to others, in milliseconds. */
export const LOCK_MILLISECONDS = 15_000

/** How often processes look for jobs of processes that have ended, in milliseconds. */
export const RECOVERY_MILLISECONDS = 5_000
