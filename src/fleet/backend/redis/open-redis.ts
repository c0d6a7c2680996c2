import type { Redis, RedisOptions } from 'ioredis'
import { UsageError } from '../../../segment-host'
import { cannotUse, NoAnswerError, OPENING_MILLISECONDS, type Address } from '../address'
import type { Backend } from '../backend'
import { bullmqQueue, queueOptions } from '../bullmq-queue'
import { redisPackages } from '../packages'
import { redisLimiter } from './redis-limiter'
import { infoOf, redisRisks } from './redis-risks'
import { redisStore } from './redis-store'
import { fleetScripts } from './scripts'

/** Opens a queue in Redis. All its queues share one connection. @throws UsageError if it cannot be used */
export async function openRedis(address: Address, lockMilliseconds: number): Promise<Backend> {
  const { bullmq, Redis } = await redisPackages()
  const redis = await connected(address, (options) => new Redis(address.url.href, options))
  const { Queue } = bullmq.withBackend(bullmq.createRedisBackend)
  const run = fleetScripts(redis)
  const options = { ...queueOptions(lockMilliseconds), connection: redis }
  const queues = new Map<string, ReturnType<typeof open>>()
  const open = (name: string) => {
    const queue = new Queue(name, options)
    const recover = () => queue.getBackend().moveStalledJobsToWait()
    return bullmqQueue(queue, { Job: bullmq.Job, lockMilliseconds, recover })
  }
  return {
    kind: 'redis',
    queue(name) {
      const queue = queues.get(name) ?? open(name)
      queues.set(name, queue)
      return queue
    },
    store: redisStore(redis, run),
    limiter: (limit) => redisLimiter(redis, run, limit),
    risks: () => redisRisks(redis),
    async close() {
      await Promise.all([...queues.values()].map(({ queue }) => queue.close()))
      // Without a connection there is nobody to say goodbye to.
      if (redis.status === 'ready') await redis.quit()
      else redis.disconnect()
    }
  }
}

/** A connection that answers. When it is lost later, it comes back by itself, and commands wait until then. */
async function connected(address: Address, create: (options: RedisOptions) => Redis): Promise<Redis> {
  let open = false
  const redis = create({
    lazyConnect: true,
    connectTimeout: OPENING_MILLISECONDS,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (open ? Math.min(times * 200, 5_000) : null)
  })
  try {
    refuseCluster(await answered(redis))
    open = true
    return redis
  } catch (error) {
    redis.disconnect()
    throw error instanceof UsageError ? error : cannotUse(address, error)
  }
}

/** The answer to INFO. @throws the first thing that went wrong, which is not always what the command fails with */
function answered(redis: Redis): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswerError()), OPENING_MILLISECONDS)
    redis.on('error', reject)
    redis
      .connect()
      .then(() => redis.info('server'))
      .then(resolve, (error) => setImmediate(reject, error))
      .finally(() => clearTimeout(timer))
  })
}

function refuseCluster(info: string): void {
  if (infoOf(info).get('redis_mode') !== 'cluster') return
  throw new UsageError('This is a Redis Cluster. The queue needs all its keys in one place: use a single Redis.')
}
