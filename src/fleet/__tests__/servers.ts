import type { Backend, BackendOptions } from '../backend/backend'
import { openBackend } from '../backend/open-backend'
import { postgresPrograms, redisProgram, startPostgres, startRedis, type DatabaseServer } from './database-servers'

/** What a test on a backend gets. */
export interface BackendUnderTest {
  /** Opens the backend, as another process of the fleet does. It is closed after the test. */
  open: (options?: BackendOptions) => Promise<Backend>
  /** The address of the server. */
  url: () => string
  kind: Backend['kind']
}

/**
 * Runs tests on Redis and on PostgreSQL, each on a server that is started for them and is empty at first. Tests that share
 * it use queues and keys of their own.
 *
 * A server that runs already is used with FLEET_REDIS_URL or FLEET_POSTGRES_URL; it is not emptied. Where a server is not
 * installed, the tests are skipped, or fail with REQUIRE_FLEET=1.
 */
export function describeBackends(name: string, tests: (backend: BackendUnderTest) => void): void {
  const redis = redisProgram()
  const postgres = postgresPrograms()
  describeBackend(`${name}, on Redis`, 'redis', starting(process.env.FLEET_REDIS_URL, redis, startRedis), tests)
  describeBackend(
    `${name}, on PostgreSQL`,
    'postgres',
    starting(process.env.FLEET_POSTGRES_URL, postgres, startPostgres),
    tests
  )
}

type Start = (() => Promise<DatabaseServer>) | undefined

/** How to come to a server, if there is a way. */
function starting(
  url: string | undefined,
  program: string | undefined,
  start: (path: string) => Promise<DatabaseServer>
): Start {
  if (url) return () => Promise.resolve({ url, stop: () => Promise.resolve() })
  return program ? () => start(program) : undefined
}

function describeBackend(
  name: string,
  kind: Backend['kind'],
  start: Start,
  tests: (backend: BackendUnderTest) => void
) {
  if (!start) return missing(name)
  describe(name, () => {
    let server: DatabaseServer | undefined
    const opened: Backend[] = []
    const url = () => server?.url ?? ''
    const open = async (options?: BackendOptions) => {
      const backend = await openBackend(url(), options)
      opened.push(backend)
      return backend
    }
    beforeAll(async () => {
      server = await start()
    })
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((backend) => backend.close()))
    })
    afterAll(() => server?.stop())
    tests({ open, url, kind })
  })
}

function missing(name: string): void {
  const reason = 'needs a database server that is not installed: apt-get install redis-server postgresql'
  if (process.env.REQUIRE_FLEET === '1') {
    test(`${name}: ${reason}`, () => {
      throw new Error(reason)
    })
  } else {
    test.skip(`${name}: ${reason}`, () => undefined)
  }
}

/** Asks again and again until the answer is there, as processes of a fleet do. A test that never gets it runs out of time. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
