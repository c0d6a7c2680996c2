import { createServer, type AddressInfo, type Server } from 'net'
import { addressOf, cannotUse } from '../address'
import { openBackend } from '../open-backend'

const problem = async (url: string) => {
  const error: unknown = await openBackend(url).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'UsageError' })
  return error instanceof Error ? error : new Error(String(error))
}

const EXAMPLES = 'redis://localhost:6379, rediss://… (with TLS) or postgres://user:password@localhost:5432/database'

describe('the address of a queue', () => {
  test.each(['mysql://me:secret@db/x', 'http://me:secret@db'])('%s is not understood', async (url) => {
    const scheme = url.slice(0, url.indexOf('me:'))
    const { message } = await problem(url)
    expect(message).toBe(`A queue cannot be at an address with ${scheme}. Understood are ${EXAMPLES}.`)
  })

  test('that is none is not repeated, since it may hold a password', async () => {
    const { message } = await problem('secret')
    expect(message).toBe(`The address of the queue cannot be read. Examples: ${EXAMPLES}.`)
  })

  test.each([
    ['redis://me:secret@127.0.0.1:1', 'Redis'],
    ['rediss://me:secret@127.0.0.1:1', 'Redis'],
    ['postgres://me:secret@127.0.0.1:1/db', 'PostgreSQL'],
    ['postgresql://me:secret@127.0.0.1:1/db?options=-c%20search_path%3Dx', 'PostgreSQL']
  ])('%s, where nothing listens, is named without the password', async (url, product) => {
    const error = await problem(url)
    expect(error.message).toBe(
      `Cannot use ${product} at 127.0.0.1:1: nothing listens there. Start it, or correct the address of the queue.`
    )
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret')
  })

  test('with the name of a host that is not known is named', async () => {
    const { message } = await problem('redis://:secret@nowhere.invalid')
    expect(message).toBe(
      'Cannot use Redis at nowhere.invalid:6379: this host is not known. Correct the address of the queue.'
    )
  })
})

describe('a server that is no database', () => {
  let server: Server
  const port = () => {
    // A server that listens on a port has such an address.
    const { port } = server.address() as AddressInfo
    return port
  }
  const listen = () =>
    new Promise<void>((resolve) => {
      server = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1', resolve)
    })
  afterEach(() => void server.close())

  test('is not waited for longer than 5 seconds', async () => {
    await listen()
    const messages = await Promise.all([
      problem(`redis://:secret@127.0.0.1:${port()}`),
      problem(`postgres://me:secret@127.0.0.1:${port()}/db`)
    ])

    expect(messages.map(({ message }) => message)).toEqual([
      `Cannot use Redis at 127.0.0.1:${port()}: it gave no answer in 5 seconds. Correct the address of the queue, or look after the server.`,
      `Cannot use PostgreSQL at 127.0.0.1:${port()}: it gave no answer in 5 seconds. Correct the address of the queue, or look after the server.`
    ])
  })
})

test('what a database says is repeated without the password', () => {
  const address = addressOf('redis://:s%40cret@localhost')
  const { message } = cannotUse(address, new Error('ERR do not send me s@cret or s%40cret again.'))

  expect(message).toBe('Cannot use Redis at localhost:6379: ERR do not send me *** or *** again.')
})

describe('a package that is not installed', () => {
  afterEach(() => void jest.resetModules().dontMock('bullmq').dontMock('ioredis').dontMock('pg'))

  test.each([
    ['redis://localhost', 'bullmq', 'npm install bullmq ioredis'],
    ['redis://localhost', 'ioredis', 'npm install bullmq ioredis'],
    ['postgres://localhost/db', 'pg', 'npm install bullmq pg']
  ])('is named: %s without %s', async (url, name, command) => {
    jest.resetModules()
    jest.doMock(name, () => {
      throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' })
    })
    const fresh = await import('../open-backend')

    await expect(fresh.openBackend(url)).rejects.toThrow(
      `A queue needs packages that are not installed. Install them: ${command}`
    )
  })
})
