import type { Redis } from 'ioredis'

/** The oldest version that BullMQ advises to use: https://docs.bullmq.io */
const OLDEST = [6, 2]

/** What may lose events that Redis has taken, one sentence each, with the way out. */
export async function redisRisks(redis: Redis): Promise<string[]> {
  const info = infoOf(await redis.info())
  return [...versionRisks(info), ...roleRisks(info), ...memoryRisks(info), ...(await diskRisks(redis, info))]
}

type Info = ReadonlyMap<string, string>

/** Lines such as `role:master`. */
export function infoOf(text: string): Info {
  return new Map(text.split('\r\n').map((line) => [line.split(':', 1)[0], line.slice(line.indexOf(':') + 1)]))
}

function versionRisks(info: Info): string[] {
  const version = info.get('redis_version') ?? ''
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return []
  return [`Redis ${version} is too old for the queue. Use ${OLDEST.join('.')} or newer.`]
}

function roleRisks(info: Info): string[] {
  if (info.get('role') !== 'slave') return []
  return ['This Redis is a replica, which takes no writes and may be behind. Use the address of the primary.']
}

function memoryRisks(info: Info): string[] {
  const policy = info.get('maxmemory_policy')
  if (policy === undefined)
    return ['What Redis removes when its memory is full could not be checked. Set maxmemory-policy noeviction.']
  if (policy === 'noeviction') return []
  return [
    `Redis may remove jobs when its memory is full (maxmemory-policy ${policy}). Set maxmemory-policy noeviction.`
  ]
}

async function diskRisks(redis: Redis, info: Info): Promise<string[]> {
  if (info.get('aof_enabled') === '1') return []
  const way = 'Set appendonly yes.'
  const save = await savePoints(redis)
  if (save === undefined) return [`Whether Redis writes jobs to its disk could not be checked. ${way}`]
  if (save === '') return [`Redis keeps jobs in memory only (appendonly no, save ""): a restart loses them all. ${way}`]
  return [
    `Redis writes jobs to its disk only now and then (appendonly no, save "${save}"): a crash loses the newest. ${way}`
  ]
}

/** @returns undefined if it must not be asked, as with many services that run Redis for others */
async function savePoints(redis: Redis): Promise<string | undefined> {
  try {
    const answer: unknown = await redis.config('GET', 'save')
    return Array.isArray(answer) && answer.length === 2 ? String(answer[1]) : undefined
  } catch {
    return undefined
  }
}
