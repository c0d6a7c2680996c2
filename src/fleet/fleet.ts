import type { Subscription } from '../segment-host'
import type { Backend, FleetQueue } from './backend/backend'
import { hashOf } from './jobs/job-data'

/** How many partitions a new queue gets. So many jobs can be worked on at once. */
const DEFAULT_PARTITIONS = 16

/** The queues of a fleet and what its processes share. */
export interface Fleet extends Pick<Backend, 'kind' | 'store' | 'limiter' | 'risks' | 'close'> {
  partitions: readonly FleetQueue[]
  /** Events that were rejected for good. */
  dead: FleetQueue
  /** Events that were received and are not divided yet. */
  inbox: FleetQueue
}

/** The fleet that is kept in a database. The number of partitions is decided once, when the first process comes. */
export async function fleetOn(backend: Backend, partitions = DEFAULT_PARTITIONS): Promise<Fleet> {
  const { kind, store } = backend
  await store.setIfAbsent(PARTITIONS_KEY, String(partitions))
  const count = Number(await store.get(PARTITIONS_KEY))
  return {
    ...{ kind, store },
    limiter: (options) => backend.limiter(options),
    risks: () => backend.risks(),
    close: () => backend.close(),
    partitions: Array.from({ length: count }, (_, index) => backend.queue(`partition-${index}`)),
    dead: backend.queue('dead'),
    inbox: backend.queue('inbox')
  }
}

const PARTITIONS_KEY = 'partitions'

const RATE_KEY = 'rate'

/**
 * The requests a minute that all workers share, or undefined when nobody has said a number.
 * @param rate what this worker was told; it counts for all that start from now on
 */
export async function sharedRate(
  { store }: Pick<Fleet, 'store'>,
  rate: number | undefined
): Promise<number | undefined> {
  if (rate !== undefined) await store.set(RATE_KEY, String(rate))
  const shared = await store.get(RATE_KEY)
  return shared === null ? undefined : Number(shared)
}

/** How many jobs wait on the queue. */
export async function waitingJobs({ partitions }: Pick<Fleet, 'partitions'>): Promise<number> {
  const counts = await Promise.all(partitions.map(({ queue }) => queue.getJobCountByTypes('waiting', 'prioritized')))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Keeps subscriptions where workers find them, and resolves to their hashes. */
export async function shareSubscriptions(
  { store }: Pick<Fleet, 'store'>,
  subscriptions: readonly Subscription[]
): Promise<string[]> {
  const hashes = subscriptions.map(hashOf)
  await Promise.all(subscriptions.map((one, index) => store.set(`mapping:${hashes[index]}`, JSON.stringify(one))))
  return hashes
}

/** Reads subscriptions that were shared; each is the same object for the same hash. */
export function sharedSubscriptions({ store }: Pick<Fleet, 'store'>): (hash: string) => Promise<Subscription | null> {
  const known = new Map<string, Subscription>()
  return async (hash) => {
    const found = known.get(hash)
    if (found) return found
    const text = await store.get(`mapping:${hash}`)
    if (text === null) return null
    // Written by `shareSubscriptions`.
    const subscription = JSON.parse(text) as Subscription
    known.set(hash, subscription)
    return subscription
  }
}
