import type { PgPool } from 'bullmq'
import { RateLimiterPostgres } from 'rate-limiter-flexible'
import type { LimiterOptions } from '../backend'

const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint'

/** Parameters: key, points, milliseconds (null: for good), whether to replace what is there. */
const UPSERT = `
  INSERT INTO kameleoon.request_limit AS present (key, points, expire) VALUES ($1, $2, ${NOW} + $3::bigint)
  ON CONFLICT (key) DO UPDATE SET
    points = CASE WHEN $4 OR present.expire <= ${NOW} THEN excluded.points ELSE present.points + excluded.points END,
    expire = CASE WHEN $4 OR present.expire <= ${NOW} THEN excluded.expire ELSE present.expire END
  RETURNING points, expire - ${NOW} AS remaining`

interface Row {
  points: number
  /** A number of 64 bits, which comes as text. */
  remaining: string | null
}

/**
 * The limiter of rate-limiter-flexible, but by the clock of the database. Its own goes by the clock of each process, so
 * that clocks that differ by a second shift the windows by a second.
 */
class DatabaseClockLimiter extends RateLimiterPostgres {
  constructor(
    private readonly pool: PgPool,
    { name, points, duration }: LimiterOptions
  ) {
    super({
      storeClient: pool,
      storeType: 'pool',
      schemaName: 'kameleoon',
      tableName: 'request_limit',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: name,
      points,
      duration
    })
  }

  /** What all its methods write with. It answers points and, by the clock of this process, when they expire. */
  async _upsert(key: string, points: number, milliseconds: number, replace = false): Promise<unknown> {
    const time = milliseconds > 0 ? Math.ceil(milliseconds) : null
    const { rows } = await this.pool.query<Row>(UPSERT, [key, points, time, replace])
    return {
      rows: rows.map(({ points, remaining }) => ({ points, expire: remaining && Date.now() + Number(remaining) }))
    }
  }
}

/** A limit that all processes of a fleet share, by the clock of the database. */
export function postgresLimiter(pool: PgPool, options: LimiterOptions): RateLimiterPostgres {
  return new DatabaseClockLimiter(pool, options)
}
