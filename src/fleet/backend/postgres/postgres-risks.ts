import type { PgPool } from 'bullmq'

/** Locks of jobs go by the clocks of the processes. Seconds that these may differ from the database's. */
const CLOCK_SECONDS = 2

interface Settings {
  fsync: string
  synchronous_commit: string
  standby: boolean
  /** Milliseconds since 1970. */
  now: number
}

const SETTINGS = `SELECT current_setting('fsync') AS fsync,
  current_setting('synchronous_commit') AS synchronous_commit,
  pg_is_in_recovery() AS standby,
  (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`

/** What may lose events that PostgreSQL has taken, one sentence each, with the way out. */
export async function postgresRisks(pool: PgPool): Promise<string[]> {
  const { rows } = await pool.query<Settings>(SETTINGS)
  return rows.flatMap((settings) => postgresRisksOf(settings, Date.now()))
}

/** @param now of this process, in milliseconds since 1970 */
export function postgresRisksOf(settings: Settings, now: number): string[] {
  const apart = Math.round(Math.abs(settings.now - now) / 1000)
  const risks: [boolean, string][] = [
    [
      settings.standby,
      'This PostgreSQL is a standby, which takes no writes and may be behind. Use the address of the primary.'
    ],
    [settings.fsync === 'off', 'A crash may destroy the database of the queue (fsync off). Set fsync to on.'],
    [
      settings.synchronous_commit === 'off',
      'A crash loses the newest jobs (synchronous_commit off). Set synchronous_commit to on.'
    ],
    [
      apart > CLOCK_SECONDS,
      `The clocks of this machine and of PostgreSQL are ${apart} seconds apart, so jobs may be given to two processes. Set both by NTP.`
    ]
  ]
  return risks.filter(([present]) => present).map(([, sentence]) => sentence)
}
