import { Client } from 'pg'
import { Redis } from 'ioredis'
import { statusOf } from '../../src/fleet'
import type { Condition } from '../condition'
import { plainLines, writeLines } from '../events'
import { until, type Stage } from '../stage/stage'

/** What BullMQ and the fleet may keep for good: numbers of queues, the counts of a run. */
const MOST_GROWTH_BYTES = 4_000_000

/** After many events nothing of them is left in the database of the queue. */
export async function storage(stage: Stage, events: number): Promise<Condition[]> {
  const emulator = await stage.emulator()
  const workers = [stage.worker(emulator), stage.worker(emulator)]
  // What is there only once is there after a few events.
  await deliver(stage, 'few.ndjson', 100)
  const before = await sizeOf(stage)
  await deliver(stage, 'many.ndjson', events)
  await Promise.all(workers.map((worker) => worker.stop()))
  const { waiting, active } = await statusOf(stage.fleet)
  const after = await sizeOf(stage)
  return [
    {
      name: `after ${events.toLocaleString('en')} events no payload is left on the queue`,
      figures: `${after.jobs} jobs, ${after.payloads} payloads, ${megabytes(before.bytes)} before and ${megabytes(after.bytes)} after`,
      violations: [
        ...(waiting + active + after.jobs === 0
          ? []
          : [`${waiting} jobs wait, ${active} are taken, ${after.jobs} are kept`]),
        ...(after.payloads === 0 ? [] : [`${after.payloads} payloads are kept`]),
        ...(stage.fleet.kind === 'postgres' || after.bytes - before.bytes <= MOST_GROWTH_BYTES
          ? []
          : ['the memory has grown'])
      ]
    }
  ]
}

async function deliver(stage: Stage, file: string, events: number): Promise<void> {
  await writeLines(stage.path(file), plainLines(events))
  const before = await stage.settled()
  await stage.run('deliver', file, '--queue', stage.queue).ended
  await until('all events are settled', async () => (await stage.settled()) - before >= events)
  const isEmpty = async (): Promise<boolean> => {
    const { waiting, active } = await statusOf(stage.fleet)
    return waiting + active === 0
  }
  await until('the queue is empty', isEmpty)
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

interface Size {
  jobs: number
  /** Values in which an event is found. */
  payloads: number
  bytes: number
}

const sizeOf = ({ fleet, queue }: Stage): Promise<Size> => (fleet.kind === 'redis' ? inRedis(queue) : inPostgres(queue))

/** Every event of the trial has this in it. */
const MARK = 'kameleoonVisitorCode'

async function inRedis(url: string): Promise<Size> {
  const redis = new Redis(url)
  try {
    let [jobs, payloads] = [0, 0]
    for await (const keys of redis.scanStream({ match: 'kameleoon:partition-*', type: 'hash', count: 1_000 })) {
      // A page of the keys that match.
      for (const key of keys as string[]) {
        const { data } = await redis.hgetall(key)
        if (data !== undefined) jobs++
        if (data?.includes(MARK)) payloads++
      }
    }
    const [, bytes] = /used_memory_dataset:(\d+)/.exec(await redis.info('memory')) ?? []
    return { jobs, payloads, bytes: Number(bytes) }
  } finally {
    redis.disconnect()
  }
}

async function inPostgres(url: string): Promise<Size> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname LIKE 'kameleoon%'`
    )
    let payloads = 0
    for (const { name } of tables.rows) {
      const found = await client.query<{ count: string }>(
        `SELECT count(*) FROM ${name} AS row WHERE row::text LIKE '%${MARK}%' AND '${name}' <> 'kameleoon.value'`
      )
      payloads += Number(found.rows[0].count)
    }
    const jobs = await client.query<{ count: string }>('SELECT count(*) FROM kameleoon_queue.job')
    const size = await client.query<{ size: string }>('SELECT pg_database_size(current_database()) AS size')
    return { jobs: Number(jobs.rows[0].count), payloads, bytes: Number(size.rows[0].size) }
  } finally {
    await client.end()
  }
}
