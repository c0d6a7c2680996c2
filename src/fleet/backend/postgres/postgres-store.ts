import type { PgPool } from 'bullmq'
import type { Counts, CountsToAdd, SharedStore } from '../shared-store'

/** In so many seconds, or never. */
const AFTER = (parameter: string) => `now() + ${parameter}::float8 * interval '1 second'`

const PRESENT = '(expires_at IS NULL OR expires_at > now())'

// A value that has expired is absent, so it can be replaced.
const SET = `INSERT INTO kameleoon.value AS present (key, value, expires_at) VALUES ($1, $2, ${AFTER('$3')})
  ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at`

const KEYS = `SELECT key FROM kameleoon.value WHERE starts_with(key, $1) AND ${PRESENT}
  UNION SELECT key FROM kameleoon.count WHERE starts_with(key, $1) AND ${PRESENT} ORDER BY 1`

/**
 * Adds rows of ($n, $n+1, $n+2): keys, names and amounts, in one order, so that no two processes wait for each other.
 * Names that are new expire with the others of their key.
 */
const ADD = (first: number, condition = 'true') => `
  INSERT INTO kameleoon.count AS present (key, name, count, expires_at)
  SELECT key, name, sum(amount), (SELECT max(expires_at) FROM kameleoon.count WHERE key = added.key AND expires_at > now())
  FROM unnest($${first}::text[], $${first + 1}::text[], $${first + 2}::bigint[]) AS added (key, name, amount)
  WHERE ${condition}
  GROUP BY key, name ORDER BY key COLLATE "C", name COLLATE "C"
  ON CONFLICT (key, name) DO UPDATE SET
    count = CASE WHEN present.expires_at <= now() THEN 0 ELSE present.count END + excluded.count,
    expires_at = CASE WHEN present.expires_at <= now() THEN excluded.expires_at ELSE present.expires_at END`

const ADVANCE = `
  WITH advanced AS (
    INSERT INTO kameleoon.count AS present (key, name, count, expires_at)
    VALUES ($1, $2, $3, (SELECT max(expires_at) FROM kameleoon.count WHERE key = $1 AND expires_at > now()))
    ON CONFLICT (key, name) DO UPDATE SET count = excluded.count, expires_at = excluded.expires_at
    WHERE present.count < excluded.count OR present.expires_at <= now()
    RETURNING true
  ), others AS (${ADD(4, 'EXISTS (SELECT FROM advanced)')})
  SELECT count(*)::int AS done FROM advanced`

/** What a fleet shares, in tables of PostgreSQL. Each member is one statement, so it happens as a whole or not at all. */
export function postgresStore(pool: PgPool): SharedStore {
  const changed = async (text: string, values: unknown[]) => ((await pool.query(text, values)).rowCount ?? 0) > 0
  const run = async (text: string, values: unknown[]) => void (await pool.query(text, values))
  return {
    async get(key) {
      const text = `SELECT value FROM kameleoon.value WHERE key = $1 AND ${PRESENT}`
      return (await pool.query<{ value: string }>(text, [key])).rows[0]?.value ?? null
    },
    set: (key, value, seconds) => run(SET, [key, value, seconds]),
    setIfAbsent: (key, value, seconds) => changed(`${SET} WHERE present.expires_at <= now()`, [key, value, seconds]),
    remove: (key) =>
      run('WITH removed AS (DELETE FROM kameleoon.value WHERE key = $1) DELETE FROM kameleoon.count WHERE key = $1', [
        key
      ]),
    keys: async (prefix) => (await pool.query<{ key: string }>(KEYS, [prefix])).rows.map(({ key }) => key),
    add: (key, counts) => run(ADD(1), columns([{ key, counts }])),
    async counts(key) {
      const text = `SELECT name, count FROM kameleoon.count WHERE key = $1 AND ${PRESENT}`
      return countsOf((await pool.query<{ name: string; count: string }>(text, [key])).rows)
    },
    async advance(key, name, value, others) {
      const { rows } = await pool.query<{ done: number }>(ADVANCE, [key, name, value, ...columns(others)])
      return rows[0]?.done === 1
    },
    expire: (key, seconds) =>
      run(`UPDATE kameleoon.count SET expires_at = ${AFTER('$2')} WHERE key = $1`, [key, seconds]),
    async takeLocks(keys, owner, milliseconds) {
      const text = 'SELECT kameleoon.take_locks($1, $2, $3) AS taken'
      const { rows } = await pool.query<{ taken: boolean }>(text, [keys, owner, Math.ceil(milliseconds)])
      return rows[0]?.taken === true
    },
    releaseLocks: (keys, owner) => run('DELETE FROM kameleoon.lock WHERE key = ANY ($1) AND owner = $2', [keys, owner])
  }
}

/** Deletes what has expired, which nobody sees any more. */
export async function sweep(pool: PgPool): Promise<void> {
  for (const table of ['value', 'count', 'lock']) {
    await pool.query(`DELETE FROM kameleoon.${table} WHERE expires_at < now()`)
  }
}

function columns(all: readonly CountsToAdd[]): [keys: string[], names: string[], amounts: number[]] {
  const rows = all.flatMap(({ key, counts }) => Object.entries(counts).map(([name, amount]) => ({ key, name, amount })))
  return [rows.map(({ key }) => key), rows.map(({ name }) => name), rows.map(({ amount }) => amount)]
}

// PostgreSQL's numbers of 64 bits come as text.
function countsOf(rows: { name: string; count: string }[]): Counts {
  return Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]))
}
