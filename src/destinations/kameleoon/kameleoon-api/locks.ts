import { processHashing } from '../../../lib/hashing-utils'
import { throwIfAborted, unlessAborted } from './abort'
import { AbortedError, LockError } from './errors'
import type { KameleoonClient } from './http'

/**
 * Locks on keys, for instance rows of a database or entries in Redis. Needed where several processes write for one project:
 * stored data is read, merged and written, so two processes that do so for one key at one moment may lose a field.
 *
 * @example with advisory locks of PostgreSQL, which end with the transaction
 * useLocks({
 *   run: (keys, action) =>
 *     database.transaction(async (transaction) => {
 *       for (const key of keys) await transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key])
 *       return action()
 *     })
 * })
 */
export interface KeyLocks {
  /**
   * Runs an action while all keys are held, and answers as it does. A lock has to last longer than the action: about as
   * long as the time limits of a few requests, so a minute.
   * @param keys digests without personal data, sorted, so that processes that take one after the other never wait in a circle
   */
  run<T>(keys: readonly string[], action: () => Promise<T>): Promise<T>
}

let handedIn: KeyLocks | undefined

/**
 * Sets locks that span the processes of a host, for all projects. Without them only the calls of one process wait for each
 * other. With them, links of ids to visitor codes are read for every batch, since other processes may have changed them. If
 * they fail, the events that needed them are retryable.
 * @param locks undefined to go back to that
 */
export function useLocks(locks: KeyLocks | undefined): void {
  handedIn = locks
}

/** Whether other processes write for the same projects, so that what they store must not be remembered. */
export function hasOtherWriters(): boolean {
  return handedIn !== undefined
}

/**
 * Runs an action while no other writes these maps of the project. Actions that share a key run in the order in which they
 * came; others run side by side.
 * @param keys of stored maps
 * @throws AbortedError if the host ends the delivery while this waits
 * @throws LockError if the locks that the host handed in fail
 */
export function locked<T>(client: KameleoonClient, keys: readonly string[], action: () => Promise<T>): Promise<T> {
  const { connection, signal } = client
  // Whatever credentials are used for a site code: they reach the same maps.
  const names = keys.map((key) => `${connection.siteCode} ${key}`)
  const locks = handedIn
  // The locks of a database often belong to a process, and then do not keep its own calls apart.
  return inProcess(names, locks ? () => spanning(locks, names, action, signal) : action, signal)
}

/** For each key in use, when the last action that wants it has ended. It is empty when nothing runs. */
const ends = new Map<string, Promise<unknown>>()

/** All keys are claimed at once, so no two actions wait for each other. */
async function inProcess<T>(keys: readonly string[], action: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const free = Promise.all(keys.map((key) => ends.get(key) ?? Promise.resolve()))
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  const end = Promise.all([free, held])
  for (const key of keys) ends.set(key, end)
  try {
    await unlessAborted(free, signal)
    return await action()
  } finally {
    release()
    void end.then(() => {
      for (const key of keys) if (ends.get(key) === end) ends.delete(key)
    })
  }
}

async function spanning<T>(
  locks: KeyLocks,
  names: readonly string[],
  action: () => Promise<T>,
  signal: AbortSignal | undefined
): Promise<T> {
  let result: Promise<T> | undefined
  const once = async () => {
    throwIfAborted(signal)
    result ??= action()
    await result
  }
  try {
    const digests = names.map((name) => processHashing(name, 'sha256', 'hex')).sort()
    await unlessAborted(
      Promise.resolve().then(() => locks.run(digests, once)),
      signal
    )
  } catch (error) {
    // What was done under the locks counts, also if they could not be released afterwards.
    if (!result) throw error instanceof AbortedError ? error : new LockError(codeIn(error))
  }
  if (!result) throw new LockError(': they did not run what they were given')
  return result
}

function codeIn(error: unknown): string {
  const { code } = Object(error) as { code?: unknown }
  return typeof code === 'string' && /^\w+$/.test(code) ? ` (${code})` : ''
}
