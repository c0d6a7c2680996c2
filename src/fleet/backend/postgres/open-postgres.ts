import type { PostgresConnection, PostgresConnectionOptions, QueueBaseOptions } from 'bullmq'
import { cannotUse, OPENING_MILLISECONDS, type Address } from '../address'
import type { Backend, FleetQueue } from '../backend'
import { bullmqQueue, queueOptions } from '../bullmq-queue'
import { postgresPackages, type BullMQ } from '../packages'
import { postgresLimiter } from './postgres-limiter'
import { postgresRisks } from './postgres-risks'
import { postgresStore, sweep } from './postgres-store'
import { createTables } from './tables'

/** Where BullMQ's tables are. */
const SCHEMA = 'kameleoon_queue'

/** Names the lock of the process that creates the tables; any number that nobody else uses. */
const PREPARING = 7_236_514_902

const SWEEP_MILLISECONDS = 10 * 60_000

/**
 * Puts jobs of processes that have ended back before all others. BullMQ puts them behind the others, so both steps are one
 * statement: no process can take a job in between. Parameters: queue, most times, now and interval in milliseconds.
 */
const RECOVER = `SELECT id, ${SCHEMA}.change_priority($1, id, 0, true)
  FROM ${SCHEMA}.move_stalled_jobs_to_wait($1, $2, $3, $4) AS recovered (id)`

/** Opens a queue in PostgreSQL. All its queues share one pool of connections. @throws UsageError if it cannot be used */
export async function openPostgres(address: Address, lockMilliseconds: number): Promise<Backend> {
  const { bullmq } = await postgresPackages()
  const connection = await connected(bullmq, address)
  const { pool } = connection
  const { Queue } = bullmq.withBackend(
    // Queues do not own the connection, so closing one leaves it to the others.
    (name, options: QueueBaseOptions<PostgresConnectionOptions>) =>
      new bullmq.PostgresQueueBackend(connection, name, options, false)
  )
  const options = { ...queueOptions(lockMilliseconds), connection: pool }
  const sweeping = setInterval(() => void sweep(pool).catch(() => undefined), SWEEP_MILLISECONDS).unref()
  const queues = new Map<string, ReturnType<typeof open>>()
  const open = (name: string) => {
    const recover = async () => {
      const values = [name, options.maxStalledCount, Date.now(), options.stalledInterval]
      return (await pool.query<{ id: string }>(RECOVER, values)).rows.map(({ id }) => id)
    }
    // `Queue` alone means a queue in Redis. The fleet uses nothing of it that is not the same on both.
    const queue = new Queue(name, options) as unknown as FleetQueue['queue']
    return bullmqQueue(queue, { Job: bullmq.Job, lockMilliseconds, recover })
  }
  return {
    kind: 'postgres',
    queue(name) {
      const queue = queues.get(name) ?? open(name)
      queues.set(name, queue)
      return queue
    },
    store: postgresStore(pool),
    limiter: (limit) => postgresLimiter(pool, limit),
    risks: () => postgresRisks(pool),
    async close() {
      clearInterval(sweeping)
      await Promise.all([...queues.values()].map(({ queue }) => queue.close()))
      await connection.close()
    }
  }
}

/** A pool that answers, with all tables. Connections that are lost later are replaced by the pool. */
async function connected(bullmq: BullMQ, address: Address): Promise<PostgresConnection> {
  const url = new URL(address.url.href)
  // Options in the address would replace those that BullMQ sets, so they go with them.
  const options = url.searchParams.get('options') ?? undefined
  url.searchParams.delete('options')
  const connection = new bullmq.PostgresConnection({
    connectionString: url.href,
    options,
    schema: SCHEMA,
    application_name: 'kameleoon',
    connectionTimeoutMillis: OPENING_MILLISECONDS,
    keepAlive: true
  })
  try {
    await prepare(bullmq, connection)
    await sweep(connection.pool)
    return connection
  } catch (error) {
    await connection.close()
    throw cannotUse(address, error)
  }
}

async function prepare(bullmq: BullMQ, connection: PostgresConnection): Promise<void> {
  const client = await connection.pool.connect()
  try {
    // Of processes that open at once, the first creates everything; PostgreSQL itself does not keep them apart.
    await client.query('SELECT pg_advisory_lock($1)', [PREPARING])
    if ((await schemaVersion(bullmq, client)) < bullmq.LATEST_SCHEMA_VERSION) await bullmq.runMigrations(client, SCHEMA)
    await createTables(client)
    await client.query('SELECT pg_advisory_unlock($1)', [PREPARING])
    client.release()
  } catch (error) {
    // The lock ends with the connection.
    client.release(true)
    throw error
  }
}

/** The version of BullMQ's tables, 0 if there are none. */
async function schemaVersion(bullmq: BullMQ, client: Parameters<BullMQ['runMigrations']>[0]): Promise<number> {
  try {
    return await bullmq.assertSchemaCompatibility(client, SCHEMA)
  } catch (error) {
    if (error instanceof bullmq.SchemaMigrationRequiredError) return 0
    throw error
  }
}
