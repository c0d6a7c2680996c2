import type { PgPoolClient } from 'bullmq'

/**
 * What the fleet keeps besides BullMQ's tables. Keys are in the collation "C", so that those that begin with a text are
 * found with the index. Locks and limits are unlogged: writing them costs less, and after a crash of the database nobody
 * needs them.
 *
 * Locks are rows, not advisory locks of PostgreSQL: one batch may need 2,000, and all advisory locks of a database server
 * have about 6,400 places by default (max_locks_per_transaction times max_connections).
 */
const TABLES = `
CREATE SCHEMA IF NOT EXISTS kameleoon;
CREATE TABLE IF NOT EXISTS kameleoon.value (
  key text COLLATE "C" PRIMARY KEY,
  value text NOT NULL,
  expires_at timestamptz
);
CREATE TABLE IF NOT EXISTS kameleoon.count (
  key text COLLATE "C",
  name text COLLATE "C",
  count bigint NOT NULL,
  expires_at timestamptz,
  PRIMARY KEY (key, name)
);
CREATE UNLOGGED TABLE IF NOT EXISTS kameleoon.lock (
  key text COLLATE "C" PRIMARY KEY,
  owner text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE UNLOGGED TABLE IF NOT EXISTS kameleoon.request_limit (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL,
  expire bigint
);

-- Takes all locks or none. Rows are always taken in the order of their keys, so that no two processes wait for each other.
CREATE OR REPLACE FUNCTION kameleoon.take_locks(keys text[], taker text, milliseconds bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  taken bigint;
BEGIN
  -- Mostly this says no already, without rows that are written for nothing.
  IF EXISTS (
    SELECT FROM kameleoon.lock
    WHERE key = ANY (keys) AND owner <> taker AND expires_at > clock_timestamp()
  ) THEN
    RETURN false;
  END IF;
  INSERT INTO kameleoon.lock AS held (key, owner, expires_at)
  SELECT wanted, taker, clock_timestamp() + milliseconds * interval '1 millisecond'
  FROM (SELECT DISTINCT unnest(keys) COLLATE "C" AS wanted ORDER BY 1) AS sorted
  ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
  WHERE held.owner = excluded.owner OR held.expires_at <= clock_timestamp();
  GET DIAGNOSTICS taken = ROW_COUNT;
  IF taken < (SELECT count(DISTINCT wanted) FROM unnest(keys) AS wanted) THEN
    RAISE EXCEPTION USING ERRCODE = 'KLOCK';
  END IF;
  RETURN true;
EXCEPTION
  -- What was taken before is given back.
  WHEN SQLSTATE 'KLOCK' THEN RETURN false;
END;
$$;
`

/** Any number, the same in all processes. */
const CREATION_LOCK = 0x6b616d65

/** Creates the tables unless they are there. Processes that open at once wait for each other. */
export async function createTables(client: PgPoolClient): Promise<void> {
  const { rows } = await client.query<{ last: string | null }>(
    "SELECT to_regproc('kameleoon.take_locks')::text AS last"
  )
  // Who has no right to create schemas can use those that are there.
  if (rows[0]?.last) return
  await client.query('BEGIN')
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [CREATION_LOCK])
    await client.query(TABLES)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
