import type { DatabaseServer } from '../src/fleet/__tests__/database-servers'
import { postgresPrograms, redisProgram, startPostgres, startRedis } from '../src/fleet/__tests__/database-servers'
import { conditionText, type Condition } from './condition'
import { Stage } from './stage/stage'
import { fairSharing, growth, growthTable } from './trials/growth'
import { nothingLost, type LossOptions } from './trials/nothing-lost'
import { rateLimit, type RateOptions } from './trials/rate-limit'
import { storage } from './trials/storage'

/** How large each trial is. */
interface Plan {
  loss: LossOptions
  rate: RateOptions
  growth: { events: number; workers: readonly number[] }
  storage: number
}

const FULL: Plan = {
  loss: { events: 200_000, seed: 1, kills: 3 },
  rate: { events: 20_000, rate: 1_200, times: 2.5, windows: [60, 10] },
  growth: { events: 100_000, workers: [1, 2, 4] },
  storage: 1_000_000
}

const FAST: Plan = {
  loss: { events: 600, seed: 1, kills: 1, failures: 3 },
  rate: { events: 2_000, rate: 600, times: 1.5, windows: [10] },
  growth: { events: 60_000, workers: [2] },
  storage: 10_000
}

type Start = () => Promise<DatabaseServer>

/** The servers that the trials run on, both from Debian. @throws Error if one is not installed */
function servers(): Record<string, Start> {
  const redis = redisProgram()
  const postgres = postgresPrograms()
  if (!redis || !postgres) throw new Error('Both are needed: apt-get install redis-server postgresql')
  return {
    Redis: () => startRedis(redis, ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction']),
    PostgreSQL: () => startPostgres(postgres)
  }
}

/** Each trial on a server of its own, by the name under which it can be asked for. */
const TRIALS: Record<string, (backend: string, start: Start, plan: Plan) => Promise<Condition[]>> = {
  loss: (_, start, { loss }) => Stage.with(start, (stage) => nothingLost(stage, loss)),
  rate: (_, start, { rate }) => Stage.with(start, (stage) => rateLimit(stage, rate)),
  growth: (backend, start, plan) =>
    Stage.with(start, async (stage) => {
      const found = await growth(stage, plan.growth.events, plan.growth.workers)
      process.stdout.write(`\n${growthTable(backend, found)}\n\n`)
      return [fairSharing(found)]
    }),
  storage: (_, start, plan) => Stage.with(start, (stage) => storage(stage, plan.storage))
}

/** These mostly wait for other things than the processor, so the short form runs them side by side. */
const WAITING = ['loss', 'rate']

/**
 * The trials of the fleet: `npm run test:fleet -- [--fast] [trial] [backend]`. Prints a line for each condition, and ends with
 * 1 when one does not hold.
 */
async function main(args: string[]): Promise<number> {
  const isFast = args.includes('--fast')
  const all = Object.entries(servers()).flatMap(([backend, start]) =>
    Object.keys(TRIALS).map((name) => ({ name, backend, start }))
  )
  const asked = all.filter(
    ({ name, backend }) => isAsked(name, Object.keys(TRIALS), args) && isAsked(backend, Object.keys(servers()), args)
  )
  const run = ({ name, backend, start }: (typeof all)[number]): Promise<boolean> =>
    reported(backend, () => TRIALS[name](backend, start, isFast ? FAST : FULL))
  const together = isFast ? asked.filter(({ name }) => WAITING.includes(name)) : []
  const held = await Promise.all(together.map(run))
  for (const one of asked) if (!together.includes(one)) held.push(await run(one))
  return held.every(Boolean) ? 0 : 1
}

/** Whether a name is among the arguments, or none of its kind is. */
function isAsked(name: string, all: readonly string[], args: readonly string[]): boolean {
  return args.includes(name) || !all.some((one) => args.includes(one))
}

/** Runs a trial, prints its conditions, and resolves to whether they hold. */
async function reported(backend: string, trial: () => Promise<Condition[]>): Promise<boolean> {
  const begin = performance.now()
  const conditions = await trial()
  const lines = conditions.map((one) => conditionText({ ...one, name: `${backend}: ${one.name}` }))
  process.stdout.write(`${lines.join('\n')}\n      ${((performance.now() - begin) / 1_000).toFixed(0)} s\n`)
  return conditions.every(({ violations }) => violations.length === 0)
}

void main(process.argv.slice(2)).then((code) => (process.exitCode = code))
