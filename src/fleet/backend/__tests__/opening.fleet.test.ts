import Redis from 'ioredis'
import { Client } from 'pg'
import { describeBackends, until } from '../../__tests__/servers'
import { openBackend } from '../open-backend'

describeBackends('opening', ({ open, url, kind }) => {
  test('works for many processes that do so at once, where nothing is yet', async () => {
    const backends = await Promise.all([open(), open(), open(), open()])
    await backends[0].store.set('opened', 'yes')

    expect(await Promise.all(backends.map(({ store }) => store.get('opened')))).toEqual(['yes', 'yes', 'yes', 'yes'])
  })

  test('works where everything is already, and leaves it', async () => {
    await (await open()).store.set('kept', 'yes')
    const backend = await open()

    expect(backend.kind).toBe(kind)
    expect(await backend.store.get('kept')).toBe('yes')
  })

  test('gives one queue for one name', async () => {
    const backend = await open()

    expect(backend.queue('dead')).toBe(backend.queue('dead'))
    expect(backend.queue('dead')).not.toBe(backend.queue('inbox'))
  })

  test('keeps connections that were lost from ending the process, and works again', async () => {
    const backend = await open()
    const queue = backend.queue('partition-0')
    await queue.queue.add('batch', { events: '[1]' }, { jobId: 'a' })
    await loseConnections(url())
    const job = await until(() => queue.take('me').catch(() => undefined))

    expect(job.id).toBe('a')
    expect(await until(() => backend.store.setIfAbsent('lost', 'no').catch(() => undefined))).toBe(true)
  })

  test('fails for a user that is not known, and shows neither its name nor its password', async () => {
    const address = new URL(url())
    Object.assign(address, { username: 'somebody', password: 'p%40ss-word' })
    const error = await openBackend(address.href).catch((thrown: unknown) => thrown)

    expect(error).toMatchObject({
      name: 'UsageError',
      message: `Cannot use ${kind === 'redis' ? 'Redis' : 'PostgreSQL'} at ${address.host}: user name or password is wrong. Correct them in the address of the queue.`
    })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/somebody|p%40ss-word|p@ss-word/)
  })

  test('leaves nothing open', async () => {
    const backend = await openBackend(url())
    await backend.queue('partition-1').take('me')
    await backend.close()

    await expect(backend.store.get('opened')).rejects.toThrow()
  })
})

/** Ends all connections to a server but the own. */
async function loseConnections(url: string): Promise<void> {
  if (url.startsWith('redis')) {
    const redis = new Redis(url)
    await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    await redis.quit()
  } else {
    const client = new Client(url)
    await client.connect()
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = $1',
      ['postgres']
    )
    await client.end()
  }
}
