import type * as bullmq from 'bullmq'
import type { Redis } from 'ioredis'
import { UsageError, memberOf } from '../../segment-host'

/** All that BullMQ exports. */
export type BullMQ = typeof bullmq

// These packages are optional: who has no queue does not install them, so they are loaded when a queue is opened.

/** @throws UsageError if a package is not installed */
export async function redisPackages(): Promise<{ bullmq: BullMQ; Redis: typeof Redis }> {
  return installed('bullmq ioredis', async () => ({
    bullmq: await import('bullmq'),
    Redis: (await import('ioredis')).Redis
  }))
}

/** @throws UsageError if a package is not installed */
export async function postgresPackages(): Promise<{ bullmq: BullMQ }> {
  return installed('bullmq pg', async () => {
    // BullMQ loads it by itself, with an error of its own if it is missing.
    await import('pg')
    return { bullmq: await import('bullmq') }
  })
}

async function installed<T>(names: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (memberOf(error, 'code') !== 'MODULE_NOT_FOUND') throw error
    throw new UsageError(`A queue needs packages that are not installed. Install them: npm install ${names}`)
  }
}
