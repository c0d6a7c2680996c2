import type { Redis } from 'ioredis'

/** Adds to counts. ARGV from `first` on: number of the key, name and amount of each. */
const ADD = `
local function add(first)
  for i = first, #ARGV, 3 do
    redis.call('HINCRBY', KEYS[tonumber(ARGV[i])], ARGV[i + 1], ARGV[i + 2])
  end
end
`

const SCRIPTS = {
  fleetAdd: `${ADD} add(1)`,
  // KEYS[1], ARGV[1] and ARGV[2]: the count that moves on, and where to.
  fleetAdvance: `${ADD}
    local present = redis.call('HGET', KEYS[1], ARGV[1])
    if present and tonumber(present) >= tonumber(ARGV[2]) then return 0 end
    redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
    add(3)
    return 1`,
  // ARGV: owner and milliseconds.
  fleetTakeLocks: `
    for _, key in ipairs(KEYS) do
      local owner = redis.call('GET', key)
      if owner and owner ~= ARGV[1] then return 0 end
    end
    for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1], 'PX', ARGV[2]) end
    return 1`,
  fleetReleaseLocks: `
    for _, key in ipairs(KEYS) do
      if redis.call('GET', key) == ARGV[1] then redis.call('DEL', key) end
    end`,
  // Adds points to a count that expires. ARGV: points, milliseconds (0: never).
  fleetConsume: `
    local points = redis.call('INCRBY', KEYS[1], ARGV[1])
    if redis.call('PTTL', KEYS[1]) == -1 and tonumber(ARGV[2]) > 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
    return { points, redis.call('PTTL', KEYS[1]) }`,
  // Sets points for a time. ARGV: points, milliseconds (0: for good).
  fleetSetPoints: `
    redis.call('SET', KEYS[1], ARGV[1])
    if tonumber(ARGV[2]) > 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
    return { ARGV[1], redis.call('PTTL', KEYS[1]) }`
} as const

/** Runs a script of the fleet, which no other command of any process comes between. */
export type RunScript = (
  name: keyof typeof SCRIPTS,
  keys: readonly string[],
  values: (string | number)[]
) => Promise<unknown>

/** Makes the scripts of the fleet known to a connection. */
export function fleetScripts(redis: Redis): RunScript {
  for (const [name, lua] of Object.entries(SCRIPTS)) redis.defineCommand(name, { lua })
  // `defineCommand` adds methods that the type does not know.
  const commands = redis as unknown as Record<
    keyof typeof SCRIPTS,
    (...values: (string | number)[]) => Promise<unknown>
  >
  return (name, keys, values) => commands[name](keys.length, ...keys, ...values)
}
