import Redis from 'ioredis'
import { describeBackends } from '../../__tests__/servers'
import { postgresRisksOf } from '../postgres/postgres-risks'
import { openBackend } from '../open-backend'

describeBackends('what may lose events', ({ open, url, kind }) => {
  if (kind === 'postgres') {
    test('is a database that does not wait for its disk', async () => {
      expect(await (await open()).risks()).toEqual([
        'A crash may destroy the database of the queue (fsync off). Set fsync to on.'
      ])
    })
    return
  }

  const memoryOnly =
    'Redis keeps jobs in memory only (appendonly no, save ""): a restart loses them all. Set appendonly yes.'

  test('is a Redis without files', async () => {
    expect(await (await open()).risks()).toEqual([memoryOnly])
  })

  test('is a Redis that writes to its disk now and then', async () => {
    expect(await risksWith({ save: '3600 1' })).toEqual([
      'Redis writes jobs to its disk only now and then (appendonly no, save "3600 1"): a crash loses the newest. Set appendonly yes.'
    ])
  })

  test('is not a Redis that writes everything to its disk', async () => {
    expect(await risksWith({ appendonly: 'yes' })).toEqual([])
  })

  test('is a Redis that may remove what it holds', async () => {
    expect(await risksWith({ 'maxmemory-policy': 'allkeys-lru', appendonly: 'yes' })).toEqual([
      'Redis may remove jobs when its memory is full (maxmemory-policy allkeys-lru). Set maxmemory-policy noeviction.'
    ])
  })

  test('is said to be unknown where settings must not be read', async () => {
    await configured(async (redis) => {
      await redis.acl('SETUSER', 'guest', 'on', '>secret', '~*', '&*', '+@all', '-config')
      const address = new URL(url())
      Object.assign(address, { username: 'guest', password: 'secret' })
      const backend = await openBackend(address.href)
      const risks = await backend.risks()
      await backend.close()

      expect(risks).toEqual(['Whether Redis writes jobs to its disk could not be checked. Set appendonly yes.'])
    })
  })

  test('is a replica', async () => {
    const backend = await open()
    await configured(async (redis) => {
      await redis.replicaof('127.0.0.1', 1)
      const risks = await backend.risks()
      await redis.replicaof('NO', 'ONE')

      expect(risks).toEqual([
        'This Redis is a replica, which takes no writes and may be behind. Use the address of the primary.',
        memoryOnly
      ])
    })
  })

  async function risksWith(settings: Record<string, string>): Promise<string[]> {
    const backend = await open()
    return configured(async (redis) => {
      const before = Object.keys(settings).map(async (name) => [name, await redis.config('GET', name)] as const)
      const known = await Promise.all(before)
      for (const [name, value] of Object.entries(settings)) await redis.config('SET', name, value)
      const risks = await backend.risks()
      for (const [name, [, value]] of known) await redis.config('SET', name, value)
      return risks
    })
  }

  async function configured<T>(use: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(url())
    try {
      return await use(redis)
    } finally {
      await redis.quit()
    }
  }
})

describe('what may lose events in PostgreSQL', () => {
  const settings = { fsync: 'on', synchronous_commit: 'on', standby: false, now: 1_000_000 }

  test('is nothing with the settings that it comes with', () => {
    expect(postgresRisksOf(settings, 1_001_000)).toEqual([])
  })

  test.each([
    [{ standby: true }, /^This PostgreSQL is a standby.+primary\.$/],
    [{ synchronous_commit: 'off' }, /^A crash loses the newest jobs \(synchronous_commit off\)\. Set/],
    [{ now: 996_000 }, /are 4 seconds apart.+Set both by NTP\.$/]
  ])('is %j', (different, sentence) => {
    expect(postgresRisksOf({ ...settings, ...different }, 1_000_000)).toEqual([expect.stringMatching(sentence)])
  })
})
