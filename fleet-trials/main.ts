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
  loss: { events: 200_000, seed: 1 },
  rate: { events: 20_000, rate: 1_200, times: 2.5, windows: [60, 10] },
  growth: { events: 100_000, workers: [1, 2, 4] },
  storage: 1_000_000
}

const FAST: Plan = {
  loss: { events: 600, seed: 1, failures: 10 },
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

/**
 * The trials of the fleet: `npm run test:fleet -- [--fast] [trial] [backend]`. Prints a line for each condition, and ends with
 * 1 when one does not hold.
 */
async function main(args: string[]): Promise<number> {
  const plan = args.includes('--fast') ? FAST : FULL
  const isAsked = (name: string, all: readonly string[]): boolean =>
    !all.some((one) => args.includes(one)) || args.includes(name)
  let failed = 0
  for (const [backend, start] of Object.entries(servers())) {
    for (const [name, trial] of Object.entries(TRIALS)) {
      if (!isAsked(name, Object.keys(TRIALS)) || !isAsked(backend, ['Redis', 'PostgreSQL'])) continue
      const begin = performance.now()
      for (const condition of await trial(backend, start, plan)) {
        process.stdout.write(`${conditionText({ ...condition, name: `${backend}: ${condition.name}` })}\n`)
        if (condition.violations.length > 0) failed++
      }
      process.stdout.write(`      ${((performance.now() - begin) / 1_000).toFixed(0)} s\n`)
    }
  }
  return failed > 0 ? 1 : 0
}

void main(process.argv.slice(2)).then((code) => (process.exitCode = code))
