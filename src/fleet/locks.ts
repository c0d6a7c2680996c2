import { randomUUID } from 'crypto'
import type { useLocks } from '../destinations/kameleoon'
import type { SharedStore } from './backend/shared-store'

/** What the plugin takes. */
type KeyLocks = NonNullable<Parameters<typeof useLocks>[0]>

/** After which locks of a process that has ended are free again. */
const LOCK_MILLISECONDS = 15_000

/** Often enough that one renewal may fail. */
const RENEWAL_MILLISECONDS = 5_000

/** How long to try before the events are left to a later try. */
const WAITING_MILLISECONDS = 60_000

const SHORTEST_PAUSE = 5
const LONGEST_PAUSE = 50

/** Locks that were not free in time. The events that needed them are retryable. */
export class LockTimeoutError extends Error {
  readonly name = 'LockTimeoutError'
  readonly code = 'LOCK_TIMEOUT'

  constructor() {
    super(`Others held the stored maps for ${WAITING_MILLISECONDS / 1000} seconds`)
  }
}

/**
 * Locks on stored maps that span the processes of a fleet.
 *
 * @example
 * useLocks(fleetLocks(backend.store))
 */
export function fleetLocks(store: Pick<SharedStore, 'takeLocks' | 'releaseLocks'>): KeyLocks {
  return {
    async run(keys, action) {
      // One for each action, so that those of one process wait for each other too.
      const owner = randomUUID()
      await taken(() => store.takeLocks(keys, owner, LOCK_MILLISECONDS))
      const renewal = setInterval(() => {
        // If it fails, the next may not.
        store.takeLocks(keys, owner, LOCK_MILLISECONDS).catch(() => undefined)
      }, RENEWAL_MILLISECONDS)
      try {
        return await action()
      } finally {
        clearInterval(renewal)
        // Locks that are not released are free after their time.
        await store.releaseLocks(keys, owner).catch(() => undefined)
      }
    }
  }
}

/** Tries until all are taken. Pauses are random, so that two processes do not try at the same moments for ever. */
async function taken(take: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + WAITING_MILLISECONDS
  for (let most = SHORTEST_PAUSE; !(await take()); most = Math.min(2 * most, LONGEST_PAUSE)) {
    if (Date.now() >= end) throw new LockTimeoutError()
    await pause(SHORTEST_PAUSE + Math.random() * (most - SHORTEST_PAUSE))
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
