import { postgresPrograms, redisProgram, startPostgres, startRedis } from '../src/fleet/__tests__/database-servers'
import { conditionText, type Condition } from './condition'
import { Stage } from './stage/stage'
import { nothingLost } from './trials/nothing-lost'

async function main(args: string[]): Promise<void> {
  const redis = redisProgram() ?? ''
  const postgres = postgresPrograms() ?? ''
  const starts = { Redis: () => startRedis(redis, ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction']), PostgreSQL: () => startPostgres(postgres) }
  for (const [name, start] of Object.entries(starts)) {
    if (args[1] && args[1] !== name) continue
    const begin = performance.now()
    const found: Condition[] = await Stage.with(start, (stage) => nothingLost(stage, { events: Number(args[0]), seed: 1, failures: 20 }))
    console.log(name, ((performance.now() - begin) / 1000).toFixed(1))
    for (const one of found) console.log(conditionText(one))
  }
}
void main(process.argv.slice(2))
