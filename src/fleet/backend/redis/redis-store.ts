import type { Redis } from 'ioredis'
import type { CountsToAdd, SharedStore } from '../shared-store'
import type { RunScript } from './scripts'

const PREFIX = 'kameleoon-store:'
const valueKey = (key: string) => `${PREFIX}value:${key}`
const countsKey = (key: string) => `${PREFIX}counts:${key}`
const lockKey = (key: string) => `${PREFIX}lock:${key}`

/** What a fleet shares, in Redis: a text or a hash for each key. */
export function redisStore(redis: Redis, run: RunScript): SharedStore {
  return {
    get: (key) => redis.get(valueKey(key)),
    async set(key, value, seconds) {
      await (seconds === undefined
        ? redis.set(valueKey(key), value)
        : redis.set(valueKey(key), value, 'PX', milliseconds(seconds)))
    },
    async setIfAbsent(key, value, seconds) {
      const done = await (seconds === undefined
        ? redis.set(valueKey(key), value, 'NX')
        : redis.set(valueKey(key), value, 'PX', milliseconds(seconds), 'NX'))
      return done === 'OK'
    },
    async remove(key) {
      await redis.del(valueKey(key), countsKey(key))
    },
    keys: (prefix) => keysOf(redis, prefix),
    async add(key, counts) {
      const { keys, values } = toAdd([{ key, counts }])
      await run('fleetAdd', keys, values)
    },
    async counts(key) {
      const counts = await redis.hgetall(countsKey(key))
      return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Number(count)]))
    },
    async advance(key, name, value, others) {
      const { keys, values } = toAdd(others, 2)
      return (await run('fleetAdvance', [countsKey(key), ...keys], [name, value, ...values])) === 1
    },
    async expire(key, seconds) {
      await redis.pexpire(countsKey(key), milliseconds(seconds))
    },
    takeLocks: async (keys, owner, time) =>
      (await run('fleetTakeLocks', keys.map(lockKey), [owner, milliseconds(time / 1000)])) === 1,
    async releaseLocks(keys, owner) {
      await run('fleetReleaseLocks', keys.map(lockKey), [owner])
    }
  }
}

const milliseconds = (seconds: number) => Math.max(1, Math.ceil(seconds * 1000))

/** @param first number of the first of these keys in the script */
function toAdd(all: readonly CountsToAdd[], first = 1): { keys: string[]; values: (string | number)[] } {
  return {
    keys: all.map(({ key }) => countsKey(key)),
    values: all.flatMap(({ counts }, index) =>
      Object.entries(counts).flatMap(([name, amount]) => [first + index, name, amount])
    )
  }
}

// SCAN reads the whole database in steps; KEYS would stop it meanwhile.
async function keysOf(redis: Redis, prefix: string): Promise<string[]> {
  const found = new Set<string>()
  const literal = prefix.replace(/[\\*?[\]]/g, '\\$&')
  for (const key of [valueKey, countsKey]) {
    const start = key('')
    for await (const names of redis.scanStream({ match: `${start}${literal}*`, count: 1000 })) {
      // A stream does not say of what; these are lists of keys.
      for (const name of names as string[]) found.add(name.slice(start.length))
    }
  }
  return [...found].sort()
}
