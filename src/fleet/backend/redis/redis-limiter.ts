import type { Redis } from 'ioredis'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { LimiterOptions } from '../backend'
import type { RunScript } from './scripts'

/**
 * The limiter of rate-limiter-flexible, but exact to the millisecond. Its own cuts durations to whole seconds, and one
 * below a second would never end.
 */
class MillisecondLimiter extends RateLimiterRedis {
  constructor(
    redis: Redis,
    private readonly run: RunScript,
    { name, points, duration }: LimiterOptions
  ) {
    super({ storeClient: redis, keyPrefix: `kameleoon-store:limit:${name}`, points, duration })
  }

  /** What all its methods write with. It answers points and the milliseconds until they expire. */
  _upsert(key: string, points: number, milliseconds: number, replace = false): Promise<unknown> {
    return this.run(replace ? 'fleetSetPoints' : 'fleetConsume', [key], [points, Math.ceil(milliseconds)])
  }
}

/** A limit that all processes of a fleet share, by the clock of Redis. */
export function redisLimiter(redis: Redis, run: RunScript, options: LimiterOptions): RateLimiterRedis {
  return new MillisecondLimiter(redis, run, options)
}
